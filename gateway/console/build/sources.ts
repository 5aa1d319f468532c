import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const folders = ['gateway/console/app/', 'gateway/console/build/'];
const single = ['gateway/console/sections.ts', 'package-lock.json'];

/** Digest of everything that the built console is made of: where it is the same, so is the console. */
export const digestOfSources = async (): Promise<string> => {
  const inside = await Promise.all(
    folders.map(async (folder) =>
      (await readdir(root + folder, { recursive: true, withFileTypes: true }))
        .filter((entry) => entry.isFile())
        .map((entry) => `${entry.parentPath}/${entry.name}`),
    ),
  );
  const files = [...inside.flat(), ...single.map((file) => root + file)].toSorted();
  const digest = createHash('sha256');
  for (const file of files) {
    digest.update(`${file.slice(root.length)}\0`);
    digest.update(await readFile(file));
  }
  return digest.digest('hex');
};

/** In the built console: the digest of what it was made of. */
export const digestFile = 'sources.sha256';

/** Whether the folder holds the console as its sources are now. */
export const isCurrent = async (folder: string): Promise<boolean> =>
  (await readFile(join(folder, digestFile), 'utf8').catch(() => '')) === (await digestOfSources());
