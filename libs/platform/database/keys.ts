import type { Client } from 'pg';
import { type KeyMark, type Keys, markOf, marksOf, unfitting } from '../crypto/key-marks.ts';
import type { SchemaStep } from './migrate.ts';
import { inDatabase } from './provision.ts';

/**
 * A database was filled under other keys than these. Whoever wrote to it now would not find the children that it
 * knows, and register them a second time.
 */
export class KeysDoNotFit extends Error {
  readonly code = 'KEYS_DO_NOT_FIT';

  /** @param keys names of the keys that do not fit, never their values */
  constructor(schema: string, keys: readonly string[]) {
    super(
      `KEYS_DO_NOT_FIT: the database of ${schema} was filled under other keys (${keys.join(', ')} differ).`,
    );
    this.name = 'KeysDoNotFit';
  }
}

/** The marks of the keys: written and read by the owner alone, at the start of a service. */
export const keySteps: readonly SchemaStep[] = [
  {
    name: 'platform-001-key-marks',
    statements: ({ app, worker }) => [
      `create table key_mark (key text primary key, mark bytea not null)`,
      `revoke all on key_mark from ${app}, ${worker}`,
    ],
  },
];

const noSuchDatabase = '3D000';

const marksIn = async (client: Client, schema: string): Promise<KeyMark[]> => {
  const { rows } = await client.query<{ there: boolean }>('select to_regclass($1) is not null as there', [
    `${schema}.key_mark`,
  ]);
  if (rows[0]?.there !== true) return [];
  return (await client.query<KeyMark>(`select key, mark from ${schema}.key_mark order by key`)).rows;
};

/**
 * Compares the keys with the marks of those that the service's database was filled under; changes nothing. A database
 * without marks yet takes any keys. Throws `KeysDoNotFit`.
 */
export const compareKeys = async (client: Client, schema: string, keys: Keys): Promise<void> => {
  const wrong = unfitting(await marksIn(client, schema), keys);
  if (wrong.length > 0) throw new KeysDoNotFit(schema, wrong);
};

/**
 * The same for a database that may not be there: it takes any keys.
 * @param url of the service's owner, or of an administrator
 */
export const requireKeys = (url: string, schema: string, keys: Keys): Promise<void> =>
  inDatabase(url, (client) => compareKeys(client, schema, keys)).catch((error: unknown) => {
    if ((error as { code?: unknown }).code !== noSuchDatabase) throw error;
  });

/** Marks the keys that have no mark yet: all of them at the first start, a new one of the ring later. */
export const markKeys = async (owner: Client, schema: string, keys: Keys): Promise<void> => {
  const marks = marksOf(keys);
  await owner.query(
    `insert into ${schema}.key_mark (key, mark) select * from unnest($1::text[], $2::bytea[]) on conflict do nothing`,
    [marks.map(({ key }) => key), marks.map(({ mark }) => mark)],
  );
};

/** The database gets to know a key of the ring no more, by which nothing of it is sealed any longer. */
export const forgetMark = (url: string, schema: string, key: string): Promise<void> =>
  inDatabase(url, async (owner) => {
    await owner.query(`delete from ${schema}.key_mark where key = $1`, [markOf(key)]);
  });
