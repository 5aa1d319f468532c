/**
 * npm run generate              writes every generated file
 * npm run generate -- --check   writes nothing; fails and names the files that are not up to date
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generatedFiles } from './files.ts';

const root = new URL('../../', import.meta.url);
const nameOf = (file: URL): string => relative(fileURLToPath(root), fileURLToPath(file));

const current = (file: URL): Promise<string | undefined> => readFile(file, 'utf8').catch(() => undefined);

const checkOnly = process.argv.includes('--check');
const files = await generatedFiles(root);
const stale: string[] = [];
for (const { file, text } of files) {
  if ((await current(file)) === text) continue;
  stale.push(nameOf(file));
  if (checkOnly) continue;
  await mkdir(dirname(fileURLToPath(file)), { recursive: true });
  await writeFile(file, text);
}

if (stale.length === 0) console.log(`${files.length} generated files are up to date.`);
else if (checkOnly) {
  console.error(`Not up to date (run: npm run generate):\n${stale.map((name) => `  ${name}`).join('\n')}`);
  process.exitCode = 1;
} else console.log(`Written:\n${stale.map((name) => `  ${name}`).join('\n')}`);
