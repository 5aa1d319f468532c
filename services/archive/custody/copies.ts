import { ArchiveBackupStored } from '#libs/contracts/events/archive.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import type { Archive } from '../archives/archive.ts';
import { archiveFacts, type Told } from '../archives/told.ts';

/** A read-only copy of an archive that a unit keeps. */
export type Copy = {
  person: string;
  unit: string;
  entries: number;
  lastHash: string | null;
  storedAt: string;
};

/** The copies of persons' archives that lie within the scope. */
export const copiesOf = async (tx: Tx, persons: readonly string[]): Promise<Copy[]> =>
  (
    await query<Copy & { storedAt: Date | string }>(
      tx,
      `select person_id as person, unit, entries, last_hash as "lastHash", stored_at as "storedAt"
       from archive_copy where person_id = any($1::uuid[]) order by person_id, stored_at, unit`,
      [[...persons]],
    )
  ).map((copy) => ({ ...copy, storedAt: new Date(copy.storedAt).toISOString() }));

/** True when a unit keeps a copy of a student's archive. */
export const keepsCopy = async (tx: Tx, person: string, unit: string): Promise<boolean> =>
  (await query(tx, 'select 1 from archive_copy where person_id = $1 and unit = $2', [person, unit])).length >
  0;

const entryColumns = `entry, kind, change, level, occurred_on, source, author, at, content, words_hash, corrects, matter, papers,
  previous_hash, content_hash`;

/** Who keeps a copy, and where it stands in the tree. */
export type Keeper = { unit: string; place: number };

/**
 * Stores for a unit what the archive holds by now, entry by entry, beside the archive itself: what is added elsewhere
 * afterwards does not reach the copy (ARC-09, TRF-40). Stored again it holds what has come since.
 */
export const storeCopy = async (
  tx: Tx,
  archive: Archive,
  { unit, place }: Keeper,
  at: string,
): Promise<Told[]> => {
  const { person, entries, lastHash } = archive;
  await execute(
    tx,
    `insert into archive_copy (person_id, unit, place, entries, last_hash, stored_at) values ($1, $2, $3, $4, $5, $6)
     on conflict (person_id, unit) do update set entries = excluded.entries, last_hash = excluded.last_hash,
       stored_at = excluded.stored_at`,
    [person, unit, place, entries, lastHash, at],
  );
  await execute(
    tx,
    `insert into archive_copy_entry (person_id, unit, place, ${entryColumns})
     select person_id, $2, $3, ${entryColumns} from archive_entry where person_id = $1 and entry <= $4
     on conflict (person_id, unit, entry) do nothing`,
    [person, unit, place, entries],
  );
  return [{ kind: ArchiveBackupStored, data: { ...archiveFacts(archive), unit, entries } }];
};

/** Notes that a transfer has begun, for which the school that is left keeps a copy (TRF-40). */
export const noteTransfer = (
  tx: Tx,
  { person, transfer, unit, place, at }: Keeper & { person: string; transfer: string; at: string },
): Promise<number> =>
  execute(
    tx,
    `insert into archive_transfer_backup (person_id, transfer_id, unit, place, stored_at) values ($1, $2, $3, $4, $5)
     on conflict (person_id, transfer_id) do nothing`,
    [person, transfer, unit, place, at],
  );

/** Schools that a student is leaving by a transfer and that keep no copy yet: those whose transfer was told before the archive was there. */
export const keepersWithoutCopy = (tx: Tx, person: string): Promise<Keeper[]> =>
  query<Keeper>(
    tx,
    `select distinct unit, place::float8 as place from archive_transfer_backup b
     where person_id = $1 and not exists (
       select from archive_copy c where c.person_id = b.person_id and c.unit = b.unit)`,
    [person],
  );
