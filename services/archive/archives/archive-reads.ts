import DataLoader from 'dataloader';
import type { Reads } from '#libs/platform/database/reads.ts';
import type { Copy } from '../custody/copies.ts';
import { copiesOf } from '../custody/copies.ts';
import type { Entry } from '../entries/entry.ts';
import { copiedEntriesOf, entriesOf } from '../entries/entry-rows.ts';
import type { Lapse } from '../lapses/lapse.ts';
import { lapsesOf } from '../lapses/lapse-rows.ts';
import { type Print, printsOf } from '../paper/print-rows.ts';
import type { Archive } from './archive.ts';
import { archivesWhere } from './archive-rows.ts';

/** Reads of one operation, batched; bound to the caller's scope by the database itself. */
export type ArchiveReads = {
  /** By person; null where there is none or the scope does not cover it. */
  ofPerson: DataLoader<string, Archive | null>;
  /** By archive; null where there is none or the scope does not cover it. */
  byId: DataLoader<string, Archive | null>;
  /** By person, oldest first. */
  entries: DataLoader<string, Entry[]>;
  /** By person: the copies that units within the scope keep. */
  copies: DataLoader<string, Copy[]>;
  /** By person: what those copies hold. */
  copied: DataLoader<string, (Entry & { unit: string })[]>;
  /** By person, oldest first: what is on record against units of the scope. */
  lapses: DataLoader<string, Lapse[]>;
  /** By person, oldest first. */
  prints: DataLoader<string, Print[]>;
};

const byPerson = <Row extends { person: string }>(
  read: Reads,
  rowsOf: (tx: Parameters<Parameters<Reads>[0]>[0], persons: readonly string[]) => Promise<Row[]>,
): DataLoader<string, Row[]> =>
  new DataLoader(
    async (persons) => {
      const found = Map.groupBy(await read((tx) => rowsOf(tx, persons)), ({ person }) => person);
      return persons.map((person) => found.get(person) ?? []);
    },
    { maxBatchSize: 200 },
  );

export const createArchiveReads = (read: Reads): ArchiveReads => ({
  ofPerson: new DataLoader(
    async (persons) => {
      const rows = await read((tx) => archivesWhere(tx, 'person_id = any($1::uuid[])', [[...persons]]));
      const found = new Map(rows.map((archive) => [archive.person, archive]));
      return persons.map((person) => found.get(person) ?? null);
    },
    { maxBatchSize: 200 },
  ),
  byId: new DataLoader(
    async (ids) => {
      const rows = await read((tx) => archivesWhere(tx, 'archive_id = any($1::uuid[])', [[...ids]]));
      const found = new Map(rows.map((archive) => [archive.id, archive]));
      return ids.map((id) => found.get(id) ?? null);
    },
    { maxBatchSize: 200 },
  ),
  entries: byPerson(read, entriesOf),
  copies: byPerson(read, copiesOf),
  copied: byPerson(read, copiedEntriesOf),
  lapses: byPerson(read, lapsesOf),
  prints: byPerson(read, printsOf),
});
