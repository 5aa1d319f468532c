import type { ArchiveItemKind } from '#libs/law/archive/categories.ts';
import type { ArchivableChange } from '#libs/law/archive/specialized-education.ts';
import { insertRows } from '#libs/platform/database/insert.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import type { Archive } from '../archives/archive.ts';
import type { Entry } from './entry.ts';

type Row = {
  person_id: string;
  entry: number;
  kind: ArchiveItemKind;
  change: ArchivableChange | null;
  level: string | null;
  occurred_on: string;
  source: string;
  author: string;
  at: Date;
  content: Buffer | null;
  words_hash: string | null;
  corrects: number | null;
  matter: string | null;
  papers: string[];
  previous_hash: string | null;
  content_hash: string;
};

const columns = `person_id, entry, kind, change, level, occurred_on::text, source, author, at, content, words_hash, corrects,
  matter, papers, previous_hash, content_hash`;

const entryOfRow = (row: Row): Entry => ({
  person: row.person_id,
  entry: row.entry,
  kind: row.kind,
  change: row.change,
  level: row.level,
  occurredOn: row.occurred_on,
  source: row.source,
  author: row.author,
  at: new Date(row.at).toISOString(),
  content:
    row.content === null || row.words_hash === null
      ? null
      : { sealed: Buffer.from(row.content), hash: row.words_hash },
  corrects: row.corrects,
  matter: row.matter,
  papers: row.papers,
  previousHash: row.previous_hash,
  contentHash: row.content_hash,
});

/** Everything in the archives of persons, as far as the scope covers it, oldest first. */
export const entriesOf = async (tx: Tx, persons: readonly string[]): Promise<Entry[]> =>
  (
    await query<Row>(
      tx,
      `select ${columns} from archive_entry where person_id = any($1::uuid[]) order by person_id, entry`,
      [[...persons]],
    )
  ).map(entryOfRow);

/** What copies of persons' archives hold, as far as the scope covers them, oldest first; each with the unit that keeps it. */
export const copiedEntriesOf = async (
  tx: Tx,
  persons: readonly string[],
): Promise<(Entry & { unit: string })[]> =>
  (
    await query<Row & { unit: string }>(
      tx,
      `select unit, ${columns} from archive_copy_entry where person_id = any($1::uuid[])
       order by person_id, unit, entry`,
      [[...persons]],
    )
  ).map((row) => ({ ...entryOfRow(row), unit: row.unit }));

/** Writes an entry of an archive. */
export const insertEntry = (tx: Tx, archive: Archive, entry: Entry): Promise<number> =>
  execute(
    tx,
    `insert into archive_entry (person_id, entry, source_place, target_place, kind, change, level, occurred_on, source,
       author, at, content, words_hash, corrects, matter, papers, previous_hash, content_hash)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)`,
    [
      ...[entry.person, entry.entry, archive.custodianPlace, archive.place],
      ...[entry.kind, entry.change, entry.level, entry.occurredOn, entry.source, entry.author, entry.at],
      ...[
        entry.content?.sealed ?? null,
        entry.content?.hash ?? null,
        entry.corrects,
        entry.matter,
        [...entry.papers],
        entry.previousHash,
        entry.contentHash,
      ],
    ],
  );

/** Writes first entries of many archives at once. */
export const insertEntries = async (
  tx: Tx,
  made: readonly { archive: Archive; entry: Entry }[],
): Promise<void> => {
  if (made.length === 0) return;
  await insertRows(
    tx,
    'archive_entry',
    [
      ['person_id', 'uuid'],
      ['entry', 'int'],
      ['source_place', 'bigint'],
      ['target_place', 'bigint'],
      ['kind', 'text'],
      ['change', 'text'],
      ['occurred_on', 'date'],
      ['source', 'text'],
      ['author', 'text'],
      ['at', 'timestamptz'],
      ['previous_hash', 'text'],
      ['content_hash', 'text'],
    ],
    made.map(({ archive, entry }) => [
      ...[entry.person, entry.entry, archive.custodianPlace, archive.place, entry.kind, entry.change],
      ...[entry.occurredOn, entry.source, entry.author, entry.at, entry.previousHash, entry.contentHash],
    ]),
    '',
  );
};
