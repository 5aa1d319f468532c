import { ArchiveEntryAdded } from '#libs/contracts/events/archive.ts';
import { missingMarks } from '#libs/law/archive/integrity.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import type { Archive } from '../archives/archive.ts';
import { archiveFacts, type Told } from '../archives/told.ts';
import { entryOf, type Filing } from './entry.ts';
import { insertEntry } from './entry-rows.ts';

/** An archive with something new in it, and what is told of that. */
export type Filed = { archive: Archive; told: Told[]; entry: number };

/** Adds an entry to a locked archive (ARC-25). Throws Error for one that lacks a mark by which it could be relied on. */
export const fileEntry = async (tx: Tx, archive: Archive, filing: Filing): Promise<Filed> => {
  const made = entryOf(archive.person, archive, filing);
  const missing = missingMarks(made);
  if (missing.length > 0) throw new Error(`An entry lacks ${missing.join(', ')}`);
  await insertEntry(tx, archive, made);
  const { entry, contentHash: lastHash } = made;
  return {
    archive: { ...archive, entries: entry, lastHash },
    told: [
      { kind: ArchiveEntryAdded, data: { ...archiveFacts(archive), entry, papers: [...filing.papers] } },
    ],
    entry,
  };
};
