import { type Columns, insertRows } from '#libs/platform/database/insert.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, query } from '#libs/platform/database/query.ts';

/** Keys that an intake claims for a person. */
export type KeysWanted = { person: string; intake: string; claims: readonly Buffer[] };

/** Who has a key, and by which intake. */
export type KeyHolder = { hash: Buffer; person: string; intake: string };

const columns: Columns = [
  ['hash', 'bytea'],
  ['person_id', 'uuid'],
  ['intake', 'uuid'],
  ['claimed_at', 'timestamptz'],
];

/**
 * Takes every key that is free, in the order of the keys, so that nobody waits in a circle: of two who want one key at
 * the same moment the second waits for the first (ID-01, ID-17). Returns what was taken, by person.
 */
export const takeKeys = async (
  tx: Tx,
  wanted: readonly KeysWanted[],
  at: string,
): Promise<Map<string, Buffer[]>> => {
  const rows = await insertRows<{ person_id: string; hash: Buffer }>(
    tx,
    'document_claim',
    columns,
    wanted
      .flatMap(({ person, intake, claims }) => claims.map((hash) => ({ hash, person, intake })))
      .sort((a, b) => a.hash.compare(b.hash))
      .map(({ hash, person, intake }) => [hash, person, intake, at]),
    'on conflict (hash) do nothing returning person_id, hash',
  );
  const taken = new Map<string, Buffer[]>();
  for (const { person_id, hash } of rows) taken.set(person_id, [...(taken.get(person_id) ?? []), hash]);
  return taken;
};

/** Who has the keys, as far as anybody has them. */
export const holdersOf = async (tx: Tx, claims: readonly Buffer[]): Promise<KeyHolder[]> =>
  claims.length === 0
    ? []
    : query<KeyHolder>(
        tx,
        'select hash, person_id as person, intake from document_claim where hash = any($1::bytea[]) order by hash',
        [claims],
      );

/** Lets go of keys that the transaction took or holds: others may have them. */
export const giveBackKeys = (tx: Tx, claims: readonly Buffer[]): Promise<unknown> =>
  claims.length === 0
    ? Promise.resolve()
    : execute(tx, 'delete from document_claim where hash = any($1::bytea[])', [claims]);

/** Puts a person who is known under the keys of another form as well; what others have stays theirs. */
export const addKeys = (tx: Tx, { person, intake, claims }: KeysWanted, at: string): Promise<unknown> =>
  insertRows(
    tx,
    'document_claim',
    columns,
    claims.toSorted((a, b) => a.compare(b)).map((hash) => [hash, person, intake, at]),
    `on conflict (hash) do update set intake = excluded.intake
     where document_claim.person_id = excluded.person_id`,
  );

/** The keys of a person, those of the latest intake first. */
export const keysHeldBy = (tx: Tx, person: string): Promise<KeyHolder[]> =>
  query<KeyHolder>(
    tx,
    'select hash, person_id as person, intake from document_claim where person_id = $1 order by intake desc, hash',
    [person],
  );

export const without = (hashes: readonly Buffer[], kept: readonly Buffer[]): Buffer[] =>
  hashes.filter((hash) => !kept.some((other) => other.equals(hash)));
