import type { Tx } from '../database/orm.ts';
import { execute, query, queryOne } from '../database/query.ts';

/** What was stored of a file: under which key, how many bytes, their SHA-256. */
export type Stored = { keyId: string; size: number; sha256: Buffer };

/** What a check found of a file: other bytes than were stored, or none. */
export type FileFault = 'DAMAGED' | 'MISSING';

/** A file in the storage: `object` is the name of its bytes, which changes when they are sealed anew. */
export type StoredFile = { file: string; object: string; sha256: Buffer | null };

/** A file within the transaction's scope that somebody owns. */
export const findStored = async (tx: Tx, file: string): Promise<StoredFile | undefined> => {
  const [row] = await query<StoredFile>(
    tx,
    `select file_id as file, coalesce(object_id, file_id) as object, sha256 from stored_file
     where file_id = $1 and state = 'KEPT'`,
    [file],
  );
  return row;
};

/** Gives a written file to its owner; false where the sweeper has given it up meanwhile. */
export const keepStored = async (tx: Tx, file: string, { keyId, size, sha256 }: Stored): Promise<boolean> =>
  (await execute(
    tx,
    `update stored_file set state = 'KEPT', key_id = $2, size = $3, sha256 = $4
     where file_id = $1 and state = 'WRITING'`,
    [file, keyId, size, sha256],
  )) === 1;

/** Takes a file from its owner, in the transaction in which that gets another one or none: it is removed from then on. */
export const giveUpFile = (tx: Tx, file: string): Promise<number> =>
  execute(tx, `update stored_file set state = 'DROPPED' where file_id = $1`, [file]);

/** Files that were checked longest ago, before an instant. */
export const leastChecked = (tx: Tx, before: string, most: number): Promise<StoredFile[]> =>
  query<StoredFile>(
    tx,
    `select file_id as file, coalesce(object_id, file_id) as object, sha256 from stored_file
     where state = 'KEPT' and (checked_at is null or checked_at < $1)
     order by checked_at nulls first, file_id limit $2`,
    [before, most],
  );

/** How many files wait for a check, as `leastChecked` takes them. */
export const countUnchecked = async (tx: Tx, before: string): Promise<number> =>
  (
    await queryOne<{ count: number }>(
      tx,
      `select count(*)::int as count from stored_file
       where state = 'KEPT' and (checked_at is null or checked_at < $1)`,
      [before],
    )
  ).count;

/** Files whose last check found a fault, the first hundred. */
export const faultyFiles = (tx: Tx): Promise<(StoredFile & { fault: FileFault; checkedAt: Date })[]> =>
  query(
    tx,
    `select file_id as file, coalesce(object_id, file_id) as object, sha256, fault, checked_at as "checkedAt"
     from stored_file where fault is not null and state = 'KEPT' order by file_id limit 100`,
  );

/** How many files each key has sealed (null: it is not known which), and how many replaced bytes are not removed yet. */
export const filesByKey = (tx: Tx): Promise<{ key: string | null; files: number; replaced: number }[]> =>
  query(
    tx,
    `select key_id as key, count(*)::int as files, count(spare_id)::int as replaced from stored_file
     where state <> 'DROPPED' group by key_id`,
  );

/**
 * What a check of the bytes of an object found; a hash that was not known is kept from now on. True where a fault came up
 * that was not known. Nothing where the bytes have been sealed anew or dropped meanwhile.
 */
export const noteChecked = async (
  tx: Tx,
  { file, object }: StoredFile,
  found: { fault: FileFault | null; sha256: Buffer | null },
  at: string,
): Promise<boolean> => {
  const [row] = await query<{ known: FileFault | null }>(
    tx,
    `update stored_file set checked_at = $3, fault = $4, sha256 = coalesce(stored_file.sha256, $5)
     from (select file_id, fault from stored_file where file_id = $1) as before
     where stored_file.file_id = before.file_id and state = 'KEPT' and coalesce(object_id, stored_file.file_id) = $2
     returning before.fault as known`,
    [file, object, at, found.fault, found.sha256],
  );
  return row !== undefined && found.fault !== null && row.known !== found.fault;
};

/** Which of some names belong to a file: as its bytes, or as those that are written or removed for it. */
export const ownedObjects = async (tx: Tx, names: readonly string[]): Promise<Set<string>> => {
  const rows = await query<{ name: string }>(
    tx,
    `select name from unnest($1::uuid[]) as name where exists (
       select from stored_file where file_id = name and object_id is null
       union all select from stored_file where object_id = name
       union all select from stored_file where spare_id = name)`,
    [[...names]],
  );
  return new Set(rows.map(({ name }) => name));
};
