import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { Failure } from '#deploy/local/failure.ts';
import { KeyRing } from '#libs/platform/config/config.ts';
import { SigningKeys } from '#libs/platform/signing/keys.ts';
import { firstKeys } from '#libs/platform/signing/rotation.ts';

/** As the services read it: a key ring in JSON. */
const isKeyRing = (text: string): boolean => KeyRing.safeParse(jsonOf(text)).success;

/** Keys of electronic certificates, from before any clock of a simulated registry begins. */
const newSigningKeys = (): string => JSON.stringify(firstKeys('Ed25519', '2000-01-01T00:00:00Z'));

const areSigningKeys = (text: string): boolean => SigningKeys.safeParse(jsonOf(text)).success;

/** Secrets of one local state folder: made at the first start, mode 0600, kept with the data that they lock. */
const LocalSecrets = z.object({
  databaseSecret: z.string().min(1),
  keyRing: z.string().refine(isKeyRing),
  hashKey: z.string().min(1),
  signingKeys: z.string().refine(areSigningKeys).default(newSigningKeys),
  /** Database servers beside the runner's own whose data they lock: host and port. */
  elsewhere: z.array(z.string()).default([]),
});
export type LocalSecrets = z.infer<typeof LocalSecrets>;

const secretsFile = (stateDir: string): string => join(stateDir, 'secrets.json');

const newSecrets = (): LocalSecrets => {
  const key = () => randomBytes(32).toString('base64');
  return {
    databaseSecret: randomBytes(32).toString('base64url'),
    keyRing: JSON.stringify({ current: 'k1', keys: { k1: key() } }),
    hashKey: key(),
    signingKeys: newSigningKeys(),
    elsewhere: [],
  };
};

/**
 * The secrets of a state folder, written back with what older ones lack. Throws `Failure` where their file is damaged: new ones would not open the data.
 * @param elsewhere host and port of the database that they are to lock, when it is not the runner's own
 */
export function openSecrets(stateDir: string, elsewhere?: string): LocalSecrets {
  const kept = findSecrets(stateDir);
  const secrets = kept ?? newSecrets();
  const isNew = elsewhere !== undefined && !secrets.elsewhere.includes(elsewhere);
  if (isNew) secrets.elsewhere.push(elsewhere);
  keep(stateDir, secrets);
  return secrets;
}

/** The secrets that an earlier start made, `undefined` when there are none. Throws `Failure` when they are damaged. */
export function findSecrets(stateDir: string): LocalSecrets | undefined {
  const file = secretsFile(stateDir);
  if (!existsSync(file)) return undefined;
  const parsed = read(file);
  if (parsed !== undefined) return parsed;
  throw new Failure(
    `${file} is empty or damaged: it held the keys of the data.`,
    'Put a copy of it back. Without one the data cannot be read any more; npm start -- --fresh gives them up.',
  );
}

/**
 * Removes the secrets together with the runner's own data, which are gone. They stay while they lock data elsewhere;
 * a damaged file is set aside as `secrets.json.damaged`.
 */
export function removeSecrets(stateDir: string): void {
  const file = secretsFile(stateDir);
  if (!existsSync(file)) return;
  const secrets = read(file);
  if (secrets === undefined) renameSync(file, `${file}.damaged`);
  else if (secrets.elsewhere.length === 0) rmSync(file);
}

function read(file: string): LocalSecrets | undefined {
  return LocalSecrets.safeParse(jsonOf(readFileSync(file, 'utf8'))).data;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function keep(stateDir: string, secrets: LocalSecrets): void {
  const file = secretsFile(stateDir);
  writeFileSync(`${file}.part`, JSON.stringify(secrets), { mode: 0o600 });
  renameSync(`${file}.part`, file);
}
