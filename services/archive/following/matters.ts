import type { Envelope } from '#libs/contracts/envelope.ts';
import type { ArchivableChange } from '#libs/law/archive/specialized-education.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import type { Archive } from '../archives/archive.ts';
import { lockArchive } from '../archives/archive-rows.ts';
import { saveArchive } from '../archives/save-archive.ts';
import type { Told } from '../archives/told.ts';
import type { Filing } from '../entries/entry.ts';
import { fileEntry } from '../entries/file-entry.ts';
import { changeOf, proofsOf } from './filing.ts';

/** A case, transfer or update about somebody. */
export type Matter = { person: string; matter: string };

/** Remembers papers of a matter that still runs: they are filed when it is done, and never when it comes to nothing. */
export const rememberPapers = async (
  tx: Tx,
  { person, matter }: Matter,
  papers: readonly string[],
): Promise<void> => {
  if (papers.length === 0) return;
  await execute(
    tx,
    `insert into archive_matter (person_id, matter_id, papers) values ($1, $2, $3)
     on conflict (person_id, matter_id) do update set papers = archive_matter.papers || excluded.papers`,
    [person, matter, [...papers]],
  );
};

const remembered = async (tx: Tx, { person, matter }: Matter): Promise<string[]> => {
  const [row] = await query<{ papers: string[] }>(
    tx,
    'select papers from archive_matter where person_id = $1 and matter_id = $2',
    [person, matter],
  );
  return [...new Set(row?.papers ?? [])];
};

/**
 * A matter is done: its papers go into the student's archive (ARC-15, ARC-16, ARC-23), and the change itself where no event of
 * its own tells of it (`enters`). One without papers is filed too, so that what lacks is seen.
 */
export const fileMatter = async (
  tx: Tx,
  event: Envelope,
  about: Matter,
  { change, papers, enters }: { change: ArchivableChange; papers?: readonly string[]; enters: boolean },
): Promise<void> => {
  const before = await lockArchive(tx, about.person);
  if (before === undefined) return;
  const { matter } = about;
  const lies = papers ?? (await remembered(tx, about));
  const filings = [
    ...(enters ? [changeOf(event, change, matter)] : []),
    ...(lies.length > 0 ? [proofsOf(event, change, { matter, papers: lies })] : []),
  ];
  await fileAll(tx, event, before, filings);
};

/** Files several things in a locked archive, and tells of them; of nothing where there is nothing. */
export const fileAll = async (
  tx: Tx,
  event: Envelope,
  before: Archive,
  filings: readonly Filing[],
): Promise<void> => {
  let archive = before;
  const told: Told[] = [];
  for (const filing of filings) {
    const filed = await fileEntry(tx, archive, filing);
    archive = filed.archive;
    told.push(...filed.told);
  }
  if (told.length === 0) return;
  await saveArchive(tx, event.time, before, archive, told);
};
