import type { Envelope } from '#libs/contracts/envelope.ts';
import type { ArchiveItemKind } from '#libs/law/archive/categories.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { query } from '#libs/platform/database/query.ts';
import type { Projection } from '#libs/platform/events/projection.ts';
import type { Line } from './line.ts';
import { insertLines } from './line-rows.ts';
import { readersOfArchive } from './of-archive.ts';
import { readersOfNumber } from './of-number.ts';
import { readersOfRegistration } from './of-registration.ts';
import { readersOfTransfer } from './of-transfer.ts';

const READERS = [...readersOfRegistration, ...readersOfNumber, ...readersOfTransfer, ...readersOfArchive];
const readerOf = new Map(READERS.map((reader) => [reader.type, reader]));

/** What enrollment told stands in a life by its own line: the entry that the archive made of it is no second one. */
const repeats: readonly ArchiveItemKind[] = ['INFORMATION_SHEET', 'STATUS_CHANGE'];

const withoutRepeats = async (tx: Tx, lines: readonly Line[]): Promise<Line[]> => {
  const entries = lines.filter(({ entry }) => entry !== null);
  if (entries.length === 0) return [...lines];
  const repeated = await query<{ person: string; entry: number }>(
    tx,
    `select e.person_id as person, e.entry from archive_entry e
     join unnest($1::uuid[], $2::int[]) as l (person, entry) on e.person_id = l.person and e.entry = l.entry
     where e.kind = any($3::text[])`,
    [entries.map(({ person }) => person), entries.map(({ entry }) => entry), [...repeats]],
  );
  const known = new Set(repeated.map(({ person, entry }) => `${person} ${entry}`));
  return lines.filter(({ person, entry }) => !known.has(`${person} ${entry}`));
};

/**
 * The lives of students, line by line, from what every service tells of them. Specialised education, the ledger of dropouts,
 * problem records and complaints are no part of a life that schools pass on.
 */
export const followsLives: Projection = {
  name: 'archive-lives',
  sources: [...new Set(READERS.map(({ source }) => source))],
  types: [...readerOf.keys()],
  tables: ['life_line'],
  apply: async (tx: Tx, events: readonly Envelope[]) => {
    const lines = events.flatMap((event) => readerOf.get(event.type)?.read(event) ?? []);
    await insertLines(tx, await withoutRepeats(tx, lines));
  },
};
