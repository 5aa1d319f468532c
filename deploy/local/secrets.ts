import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Secrets of one local state folder: made at the first start, mode 0600, kept with the data that they lock. */
export interface LocalSecrets {
  databaseSecret: string;
  keyRing: string;
  hashKey: string;
}

const newSecrets = (): LocalSecrets => {
  const key = () => randomBytes(32).toString('base64');
  return {
    databaseSecret: randomBytes(32).toString('base64url'),
    keyRing: JSON.stringify({ current: 'k1', keys: { k1: key() } }),
    hashKey: key(),
  };
};

/** The secrets of a state folder. */
export function openSecrets(stateDir: string): LocalSecrets {
  const file = join(stateDir, 'secrets.json');
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as LocalSecrets;
  const secrets = newSecrets();
  writeFileSync(`${file}.part`, JSON.stringify(secrets), { mode: 0o600 });
  renameSync(`${file}.part`, file);
  return secrets;
}
