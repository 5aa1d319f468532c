import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { runCommand } from '#deploy/local/command.ts';
import { Failure, Help } from '#deploy/local/failure.ts';
import { keyId, SigningKeys } from '#libs/platform/signing/keys.ts';
import { compromised, firstKeys, rotated, withoutOldSecrets } from '#libs/platform/signing/rotation.ts';

const usage = `npm run signing-keys -- make --file <file> [--sm2]
npm run signing-keys -- rotate --file <file> [--from <instant>] [--sm2]
npm run signing-keys -- clean --file <file>
npm run signing-keys -- compromised --file <file> --key <id> --since <instant>
npm run signing-keys -- list --file <file>

Keys of electronic certificates, as SIGNING_KEYS of the certificate service holds them. The file is written with mode
0600 and belongs into the secret store, nowhere else.

  make         the first key
  rotate       a next key that takes over at --from (default: in three days, so that everybody has fetched it before)
  clean        removes the private halves of keys whose time is over
  compromised  a key was stolen, at --since at the earliest: it is refused from then on and replaced at once
  list         ids and times, nothing secret`;

const options = {
  file: { type: 'string' },
  from: { type: 'string' },
  since: { type: 'string' },
  key: { type: 'string' },
  sm2: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

const inThreeDays = 3 * 86_400_000;

/** An instant as the keys have it: UTC, whole seconds. */
const instantOf = (text: string): string => {
  const time = Date.parse(text);
  if (Number.isNaN(time)) throw new Failure(`${text} is no instant.`, '', usage);
  return `${new Date(time).toISOString().slice(0, 19)}Z`;
};

const read = (file: string): SigningKeys => {
  try {
    return SigningKeys.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    throw new Failure(`${file} is no file of signing keys.`);
  }
};

const write = (file: string, keys: SigningKeys): void => {
  writeFileSync(`${file}.part`, JSON.stringify(SigningKeys.parse(keys)), { mode: 0o600 });
  renameSync(`${file}.part`, file);
};

const list = ({ keys }: SigningKeys): string =>
  keys
    .map(({ key, from, until, compromisedFrom }) =>
      [
        ...[keyId(key), key.crv, `${from} – ${until ?? ''}`, key.d === undefined ? 'public half' : 'signs'],
        ...(compromisedFrom === undefined ? [] : [`compromised from ${compromisedFrom}`]),
      ].join('  '),
    )
    .join('\n');

const run = (args: string[]): number => {
  const { values, positionals } = parsed(args);
  if (values.help) throw new Help(usage);
  const [order] = positionals;
  const { file, key, since, sm2 } = values;
  if (file === undefined) throw new Failure(usage);
  const now = new Date().toISOString();
  const algorithm = sm2 ? 'SGD_SM3_SM2' : 'Ed25519';
  switch (order) {
    case 'make':
      if (existsSync(file)) throw new Failure(`${file} exists already: its keys are not replaced.`);
      write(file, firstKeys(algorithm, instantOf(values.from ?? now)));
      break;
    case 'rotate': {
      const from = instantOf(values.from ?? new Date(Date.parse(now) + inThreeDays).toISOString());
      write(file, rotated(read(file), algorithm, from));
      break;
    }
    case 'clean':
      write(file, withoutOldSecrets(read(file), instantOf(now)));
      break;
    case 'compromised':
      if (key === undefined || since === undefined) throw new Failure(usage);
      write(file, compromised(read(file), key, instantOf(since), instantOf(now)));
      break;
    case 'list':
      break;
    default:
      throw new Failure(usage);
  }
  process.stdout.write(`${list(read(file))}\n`);
  return 0;
};

const parsed = (args: string[]) => {
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    throw new Failure((error as Error).message, '', usage);
  }
};

await runCommand(() => {
  try {
    return run(process.argv.slice(2));
  } catch (error) {
    if (error instanceof RangeError) throw new Failure(error.message);
    throw error;
  }
});
