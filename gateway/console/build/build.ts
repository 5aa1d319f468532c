import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { build } from 'vite';
import { compressFiles } from './compress.ts';
import { viteOptions } from './options.ts';
import { digestFile, digestOfSources, isCurrent } from './sources.ts';

/** Builds the console into the folder unless it is there already; the folder is replaced as a whole. */
export const buildConsole = async (folder: string): Promise<'BUILT' | 'CURRENT'> => {
  if (await isCurrent(folder)) return 'CURRENT';
  const digest = await digestOfSources();
  // What runs this may have set another: the console is what its users get, whoever builds it.
  process.env.NODE_ENV = 'production';
  const beside = `${folder}.${process.pid}`;
  await mkdir(dirname(folder), { recursive: true });
  try {
    await build({ ...viteOptions, build: { ...viteOptions.build, outDir: beside, emptyOutDir: true } });
    await compressFiles(beside);
    await writeFile(join(beside, digestFile), digest);
    await rm(folder, { recursive: true, force: true });
    await rename(beside, folder);
  } finally {
    await rm(beside, { recursive: true, force: true });
  }
  return 'BUILT';
};
