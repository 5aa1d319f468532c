import { v7 as uuidv7 } from 'uuid';
import { DropoutClueOpened } from '#libs/contracts/events/dropout.ts';
import type { DropoutSource } from '#libs/contracts/vocabulary.ts';
import { ledgerActionDue } from '#libs/law/enrollment/dropout-ledger.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { query } from '#libs/platform/database/query.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { Registration } from '../cases/situation.ts';
import { childContext, type Entry } from './entry.ts';
import { addAction, insertEntry, tellOf } from './entry-rows.ts';

/** Where an entry lies and who answers for it. */
export type EntryPlace = Pick<Entry, 'place' | 'province' | 'county' | 'authority' | 'school'>;

/** Whom an entry is about: a registered pupil, or a child in words that are sealed. */
export type About =
  | { registration: Registration; migrant: boolean }
  | { child: string; stage: Entry['stage']; gradeOneYear: number | null };

export type ToOpen = {
  where: EntryPlace;
  about: About;
  source: DropoutSource;
  since: string;
  householdCounty?: string | null;
  note?: string | null;
  unit: string;
  by: string;
};

const compulsoryYears = 9;

/** Primary and junior school are nine years together, however a school parts them (ENR-69). */
export const gradeOneYearOf = ({ stage, entryYearAdj, lastGrade }: Registration): number | null => {
  if (stage === 'PRIMARY') return entryYearAdj;
  return stage === 'JUNIOR' ? entryYearAdj + lastGrade - compulsoryYears : null;
};

/** True where an entry about the person is open already. */
export const isFollowed = async (tx: Tx, person: string): Promise<boolean> => {
  const rows = await query(
    tx,
    'select 1 from dropout_entry where person_id = $1 and ended_at is null limit 1',
    [person],
  );
  return rows.length > 0;
};

type AboutColumns = Pick<Entry, 'person' | 'enrollment' | 'sealed' | 'stage' | 'gradeOneYear' | 'migrant'>;

const columnsOf = (core: Pick<ServiceCore, 'sealing'>, id: string, about: About): AboutColumns =>
  'registration' in about
    ? {
        person: about.registration.person,
        enrollment: about.registration.enrollment,
        sealed: null,
        stage: about.registration.stage,
        gradeOneYear: gradeOneYearOf(about.registration),
        migrant: about.migrant,
      }
    : {
        person: null,
        enrollment: null,
        sealed: core.sealing.seal(about.child, childContext(id)),
        stage: about.stage,
        gradeOneYear: about.gradeOneYear,
        migrant: false,
      };

/** Opens an entry with its first action, and tells of it (ENR-60). Of a person one is open at a time: ask first. */
export const openEntry = async (
  core: Pick<ServiceCore, 'sealing' | 'clock'>,
  tx: Tx,
  clue: ToOpen,
): Promise<Entry> => {
  const id = uuidv7();
  const at = core.clock.now();
  const today = core.clock.today();
  const entry: Entry = {
    id,
    ...clue.where,
    ...columnsOf(core, id, clue.about),
    source: clue.source,
    since: clue.since,
    state: 'CLUE',
    householdCounty: clue.householdCounty ?? null,
    termClosesOn: null,
    confirmedAt: null,
    reportedTo: [],
    reportedAt: null,
    householdToldOn: null,
    lastActionOn: today,
    nextActionOn: ledgerActionDue(today),
    staleOn: null,
    openedAt: at,
    openedBy: clue.by,
    endedAt: null,
    version: 1,
  };
  await insertEntry(tx, entry);
  const { note, unit, by } = clue;
  await addAction(core, tx, at, entry, { kind: 'OPENED', actedOn: today, note, unit, by });
  await tellOf(tx, at, entry, DropoutClueOpened);
  return entry;
};
