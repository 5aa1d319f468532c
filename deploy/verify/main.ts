import { existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { readPublishedKeys, UnusableKeys } from './published-keys.ts';
import { readRevocations } from './revocations.ts';
import { verifyCertificate } from './verify.ts';
import { exitCodes, usage, verdictText } from './wording.ts';

/** What the person at the terminal can mend. */
class Mendable extends Error {}

const defaults = { keys: 'certificate-keys.json', revocations: 'certificate-revocations.jws' };

const options = {
  keys: { type: 'string' },
  revocations: { type: 'string' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

const argumentsOf = (args: string[]) => {
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    throw new Mendable(`${(error as Error).message}\n\n${usage}`);
  }
};

const contentOf = (file: string): Uint8Array => {
  try {
    return readFileSync(file);
  } catch {
    throw new Mendable(`无法读取文件 cannot read: ${file}`);
  }
};

const run = async (args: string[]): Promise<number> => {
  const { values, positionals } = argumentsOf(args);
  if (values.help) {
    process.stdout.write(`${usage}\n`);
    return 0;
  }
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) throw new Mendable(usage);
  const now = Date.now();
  const document = contentOf(file);
  const keys = await readPublishedKeys(contentOf(values.keys ?? defaults.keys));
  const listFile =
    values.revocations ?? (existsSync(defaults.revocations) ? defaults.revocations : undefined);
  const list =
    listFile === undefined ? undefined : (readRevocations(contentOf(listFile), keys, now) ?? 'NOT_GENUINE');
  const verdict = verifyCertificate(document, keys, list, now);
  process.stdout.write(`${values.json ? JSON.stringify(verdict, null, 2) : verdictText(verdict)}\n`);
  return exitCodes[verdict.state];
};

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof Mendable || error instanceof UnusableKeys)) throw error;
  process.stderr.write(`\n${error.message}\n\n`);
  process.exitCode = 1;
}
