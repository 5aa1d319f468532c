import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { runCommand } from '#deploy/local/command.ts';
import { Failure, Help } from '#deploy/local/failure.ts';
import { generatedFiles } from './files.ts';

const root = new URL('../../', import.meta.url);
const nameOf = (file: URL): string => relative(fileURLToPath(root), fileURLToPath(file));

const current = (file: URL): Promise<string | undefined> => readFile(file, 'utf8').catch(() => undefined);

const usage = `npm run generate              writes every generated file
npm run generate -- --check   writes nothing; fails and names the files that are not up to date`;

const options = {
  check: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

const orderOf = (args: string[]) => {
  try {
    return parseArgs({ args, options }).values;
  } catch (error) {
    throw new Failure((error as Error).message, '', usage);
  }
};

await runCommand(async () => {
  const { check: checkOnly, help } = orderOf(process.argv.slice(2));
  if (help) throw new Help(usage);
  const files = await generatedFiles(root);
  const stale: string[] = [];
  for (const { file, text } of files) {
    if ((await current(file)) === text) continue;
    stale.push(nameOf(file));
    if (checkOnly) continue;
    await mkdir(dirname(fileURLToPath(file)), { recursive: true });
    await writeFile(file, text);
  }
  const names = stale.map((name) => `  ${name}`).join('\n');
  if (stale.length === 0) process.stdout.write(`${files.length} generated files are up to date.\n`);
  else if (checkOnly) throw new Failure('Not up to date (run: npm run generate):', names);
  else process.stdout.write(`Written:\n${names}\n`);
  return 0;
});
