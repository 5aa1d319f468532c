import type { ArchiveItemKind } from '#libs/law/archive/categories.ts';
import type { ArchivableChange } from '#libs/law/archive/specialized-education.ts';
import { requestHash } from '#libs/platform/commands/idempotency.ts';
import type { Words } from './words.ts';

/** Something that is filed in an archive: a change, a paper, an award, a measure. */
export type Filing = {
  kind: ArchiveItemKind;
  change: ArchivableChange | null;
  /** Of an award or a measure. */
  level: string | null;
  occurredOn: string;
  /** What it came from: an event of another service, or an order of somebody; filed once each. */
  source: string;
  /** Who filed it; the service that told of it where nobody did. */
  author: string;
  at: string;
  /** Words of the entry, sealed; null where the kind says all. */
  content: Words | null;
  /** The entry that this one corrects (ARC-25). */
  corrects: number | null;
  /** The case, transfer or update that it belongs to; null where it belongs to none. */
  matter: string | null;
  /** Files and uploads that lie with it. */
  papers: readonly string[];
};

/** A filing as it stands in an archive, chained to the one before it. */
export type Entry = Filing & {
  person: string;
  entry: number;
  previousHash: string | null;
  contentHash: string;
};

/**
 * The hash of an entry over everything that it says, its place in the archive and the hash before it: nothing can be altered,
 * taken out or put in between without its showing (ARC-25).
 */
export const hashOf = (entry: Omit<Entry, 'contentHash'>): string => {
  const { person, entry: number, previousHash, kind, change, level, occurredOn, source, author, at } = entry;
  const { content, corrects, matter, papers } = entry;
  const words = content?.hash ?? null;
  return requestHash([
    ...[person, number, previousHash, kind, change, level, occurredOn, source, author, at],
    ...[words, corrects, matter, [...papers]],
  ]).toString('hex');
};

/** The next entry of an archive that holds so many. */
export const entryOf = (
  person: string,
  { entries, lastHash }: { entries: number; lastHash: string | null },
  filing: Filing,
): Entry => {
  const at = new Date(filing.at).toISOString();
  const said = { ...filing, at, person, entry: entries + 1, previousHash: lastHash };
  return { ...said, contentHash: hashOf(said) };
};

/** The numbers of entries that do not follow from those before them; empty for an archive as it was written. */
export const brokenEntries = (entries: readonly Entry[]): number[] =>
  entries
    .filter(
      (entry, index) =>
        entry.entry !== index + 1 ||
        entry.previousHash !== (entries[index - 1]?.contentHash ?? null) ||
        entry.contentHash !== hashOf(entry),
    )
    .map(({ entry }) => entry);
