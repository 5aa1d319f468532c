import type { DataOf } from '#libs/contracts/envelope.ts';
import { type DropoutClueOpened, MigrantDropoutNotified } from '#libs/contracts/events/dropout.ts';
import type { DropoutSource, DropoutState, Stage } from '#libs/contracts/vocabulary.ts';
import type { DropoutRecipient } from '#libs/law/enrollment/dropout.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import { recordEvents, recorded } from '#libs/platform/events/outbox.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { type Action, type ActionKind, actionContext, type Entry } from './entry.ts';

type Row = {
  entry_id: string;
  place: string;
  province: string;
  county: string | null;
  authority: string;
  school: string | null;
  person_id: string | null;
  enrollment_id: string | null;
  sealed: Buffer | null;
  stage: Stage;
  grade_one_year: number | null;
  migrant: boolean;
  source: DropoutSource;
  since: string;
  state: DropoutState;
  household_county: string | null;
  term_closes_on: string | null;
  confirmed_at: Date | null;
  reported_to: DropoutRecipient[];
  reported_at: Date | null;
  household_told_on: string | null;
  last_action_on: string;
  next_action_on: string;
  stale_on: string | null;
  opened_at: Date;
  opened_by: string;
  ended_at: Date | null;
  version: number;
};

const columns = `entry_id, place, province, county, authority, school, person_id, enrollment_id, sealed, stage,
  grade_one_year, migrant, source, since::text, state, household_county, term_closes_on::text, confirmed_at, reported_to,
  reported_at, household_told_on::text, last_action_on::text, next_action_on::text, stale_on::text, opened_at, opened_by,
  ended_at, version`;

const instant = (date: Date | null): string | null => date && new Date(date).toISOString();

const entryOf = (row: Row): Entry => ({
  id: row.entry_id,
  place: Number(row.place),
  province: row.province,
  county: row.county,
  authority: row.authority,
  school: row.school,
  person: row.person_id,
  enrollment: row.enrollment_id,
  sealed: row.sealed,
  stage: row.stage,
  gradeOneYear: row.grade_one_year,
  migrant: row.migrant,
  source: row.source,
  since: row.since,
  state: row.state,
  householdCounty: row.household_county,
  termClosesOn: row.term_closes_on,
  confirmedAt: instant(row.confirmed_at),
  reportedTo: row.reported_to,
  reportedAt: instant(row.reported_at),
  householdToldOn: row.household_told_on,
  lastActionOn: row.last_action_on,
  nextActionOn: row.next_action_on,
  staleOn: row.stale_on,
  openedAt: new Date(row.opened_at).toISOString(),
  openedBy: row.opened_by,
  endedAt: instant(row.ended_at),
  version: row.version,
});

/** Entries that meet a condition of ours; values are bound, never written into the text. */
export const entriesWhere = async (
  tx: Tx,
  condition: string,
  parameters: readonly unknown[],
): Promise<Entry[]> =>
  (await query<Row>(tx, `select ${columns} from dropout_entry where ${condition}`, parameters)).map(entryOf);

/** An entry with its lock; nothing where the scope does not cover it. */
export const lockEntry = async (tx: Tx, id: string): Promise<Entry | undefined> =>
  (await entriesWhere(tx, 'entry_id = $1 for update', [id]))[0];

type EntryEvent = typeof DropoutClueOpened | Parameters<typeof recorded>[0];

const told = (entry: Entry): DataOf<typeof DropoutClueOpened> => ({
  entry: entry.id,
  person: entry.person,
  school: entry.school,
  place: entry.place,
  province: entry.province,
  source: entry.source,
  state: entry.state,
});

/** Tells of an entry's step: one version, one event. */
export const tellOf = (tx: Tx, at: string, entry: Entry, event: EntryEvent): Promise<void> =>
  recordEvents(tx, at, [
    recorded(event, `dropout:${entry.id}`, entry.version, {
      ...told(entry),
      ...(event.type === MigrantDropoutNotified.type ? { household: entry.householdCounty } : {}),
    }),
  ]);

export const insertEntry = (tx: Tx, entry: Entry): Promise<number> =>
  execute(
    tx,
    `insert into dropout_entry (entry_id, place, province, county, authority, school, person_id, enrollment_id, sealed,
       stage, grade_one_year, migrant, source, since, state, household_county, term_closes_on, reported_to,
       last_action_on, next_action_on, opened_at, opened_by, version)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18::text[], $19, $20, $21, $22,
       $23)`,
    [
      ...[entry.id, entry.place, entry.province, entry.county, entry.authority, entry.school, entry.person],
      ...[entry.enrollment, entry.sealed, entry.stage, entry.gradeOneYear, entry.migrant, entry.source],
      ...[entry.since, entry.state, entry.householdCounty, entry.termClosesOn, [...entry.reportedTo]],
      ...[entry.lastActionOn, entry.nextActionOn, entry.openedAt, entry.openedBy, entry.version],
    ],
  );

/** Writes what may change of an entry. */
export const updateEntry = (tx: Tx, entry: Entry): Promise<number> =>
  execute(
    tx,
    `update dropout_entry set state = $2, household_county = $3, term_closes_on = $4, confirmed_at = $5,
       reported_to = $6::text[], reported_at = $7, household_told_on = $8, last_action_on = $9, next_action_on = $10,
       stale_on = $11, ended_at = $12, version = $13, since = $14
     where entry_id = $1`,
    [
      ...[entry.id, entry.state, entry.householdCounty, entry.termClosesOn, entry.confirmedAt],
      ...[[...entry.reportedTo], entry.reportedAt, entry.householdToldOn, entry.lastActionOn],
      ...[entry.nextActionOn, entry.staleOn, entry.endedAt, entry.version, entry.since],
    ],
  );

/** An action to be put on record, its words still open. */
export type ToRecord = {
  kind: ActionKind;
  actedOn: string;
  measure?: string | null;
  reached?: boolean | null;
  note?: string | null;
  unit: string;
  by: string;
};

/** Adds an action to an entry; its ordinal is the entry's version. */
export const addAction = (
  { sealing }: Pick<ServiceCore, 'sealing'>,
  tx: Tx,
  at: string,
  { id, place, version }: Entry,
  action: ToRecord,
): Promise<number> =>
  execute(
    tx,
    `insert into dropout_action (entry_id, ordinal, place, kind, acted_on, measure, reached, sealed, unit, acted_by, at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      ...[id, version, place, action.kind, action.actedOn, action.measure ?? null, action.reached ?? null],
      action.note ? sealing.seal(action.note, actionContext(id, version)) : null,
      ...[action.unit, action.by, at],
    ],
  );

type ActionRow = {
  entry_id: string;
  ordinal: number;
  kind: ActionKind;
  acted_on: string;
  measure: string | null;
  reached: boolean | null;
  sealed: Buffer | null;
  unit: string;
  acted_by: string;
  at: Date;
};

/** Actions of entries, oldest first. */
export const actionsOf = async (tx: Tx, entries: readonly string[]): Promise<Action[]> => {
  const rows = await query<ActionRow>(
    tx,
    `select entry_id, ordinal, kind, acted_on::text, measure, reached, sealed, unit, acted_by, at
     from dropout_action where entry_id = any($1::uuid[]) order by entry_id, ordinal`,
    [entries],
  );
  return rows.map((row) => ({
    entry: row.entry_id,
    ordinal: row.ordinal,
    kind: row.kind,
    actedOn: row.acted_on,
    measure: row.measure,
    reached: row.reached,
    sealed: row.sealed,
    unit: row.unit,
    by: row.acted_by,
    at: new Date(row.at).toISOString(),
  }));
};
