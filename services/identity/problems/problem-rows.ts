import { v7 as uuidv7 } from 'uuid';
import { ProblemRecordOpened } from '#libs/contracts/events/identity.ts';
import { ProblemRecordMoved, type ProblemRecordState } from '#libs/contracts/events/problem-record.ts';
import type { ProblemRecordKind } from '#libs/contracts/vocabulary.ts';
import type { WorkingDayCalendar } from '#libs/law/calendar/working-day-calendar.ts';
import type { LawPlace } from '#libs/law/finding.ts';
import { isSettled, type Resolution } from '#libs/law/identity/problem-course.ts';
import { problemRecordDue } from '#libs/law/identity/problem-record.ts';
import type { Sealing } from '#libs/platform/crypto/sealing.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import { type Recorded, recorded } from '#libs/platform/events/outbox.ts';
import type { ProblemRecord } from '../entities.ts';

/** A problem record as lists and views show it. */
export type ProblemRow = Omit<ProblemRecord, 'place' | 'settledAt'>;
export type ProblemSource = ProblemRecord['source'];

/** One move of a record as it is shown. */
export type ShownEvent = {
  person: string;
  problem: string;
  ordinal: number;
  act: string;
  state: ProblemRecordState;
  unit: string;
  at: string;
  sealed: Buffer | null;
  papers: number;
};

/** A problem record as it is held. */
export type HeldProblem = {
  person: string;
  id: string;
  place: number;
  province: string;
  kind: ProblemRecordKind;
  state: ProblemRecordState;
  openedAt: string;
  dueOn: string;
  provisional: boolean;
  calendarVersion: string | null;
  counted: { from: string; workingDays: number } | null;
  turn: string;
  lastActor: string | null;
  other: string | null;
  resolution: Resolution | null;
  graduatedOn: string | null;
  version: number;
};

type Row = {
  person_id: string;
  problem_id: string;
  place: string;
  province: string;
  kind: ProblemRecordKind;
  state: ProblemRecordState;
  opened_at: Date;
  due_on: string;
  provisional: boolean;
  calendar_version: string | null;
  counted_from: string | null;
  counted_days: number | null;
  turn: string;
  last_actor: string | null;
  other_person: string | null;
  resolution: Resolution | null;
  graduated_on: string | null;
  version: number;
};

const columns = `person_id, problem_id, place, province, kind, state, opened_at, due_on::text, provisional,
  calendar_version, counted_from::text, counted_days, turn, last_actor, other_person, resolution, graduated_on::text,
  version`;

const heldOf = (row: Row): HeldProblem => ({
  person: row.person_id,
  id: row.problem_id,
  place: Number(row.place),
  province: row.province,
  kind: row.kind,
  state: row.state,
  openedAt: new Date(row.opened_at).toISOString(),
  dueOn: row.due_on,
  provisional: row.provisional,
  calendarVersion: row.calendar_version,
  counted:
    row.counted_from === null || row.counted_days === null
      ? null
      : { from: row.counted_from, workingDays: row.counted_days },
  turn: row.turn,
  lastActor: row.last_actor,
  other: row.other_person,
  resolution: row.resolution,
  graduatedOn: row.graduated_on,
  version: row.version,
});

/** States in which somebody has something to do. */
export const UNSETTLED = `('OPEN', 'VERIFYING', 'SETTLING', 'PASSED_ON', 'DELETION_REQUESTED')`;

/** Records that a condition picks. */
export const problemsWhere = async (
  tx: Tx,
  where: string,
  parameters: readonly unknown[],
): Promise<HeldProblem[]> =>
  (await query<Row>(tx, `select ${columns} from problem_record r where ${where}`, parameters)).map(heldOf);

/** Context under which what is written of a record is sealed. */
export const problemContext = (problem: string): string => `problem-record:${problem}`;

/** A fault that is found: of whom, where the child is registered, by whom. */
export type Found = {
  person: string;
  /** Version of the person; the event of the opening is the next one's. */
  personVersion: number;
  place: number;
  province: string;
  school: string;
  kind: ProblemRecordKind;
  source: ProblemSource;
  other: string | null;
  by: string;
  unit: string;
  note: string | null;
};

type Opening = {
  tx: Tx;
  sealing: Sealing;
  at: string;
  lawPlace: LawPlace;
  calendar: WorkingDayCalendar;
};

/** A record that was opened, and its events; the person's own version is for the caller to write. */
export type Opened = { problem: string; events: Recorded[] };

/** Opens a record; nothing where one of the kind waits already, about the same other record. */
export const openProblem = async (
  { tx, sealing, at, lawPlace, calendar }: Opening,
  found: Found,
): Promise<Opened | undefined> => {
  const { person, kind, place, province } = found;
  const [open] = await query(
    tx,
    `select 1 from problem_record where person_id = $1 and kind = $2 and state in ${UNSETTLED}
       and other_person is not distinct from $3`,
    [person, kind, found.other],
  );
  if (open !== undefined) return undefined;
  const problem = uuidv7();
  const due = problemRecordDue(new Date(at), lawPlace, calendar);
  await execute(
    tx,
    `insert into problem_record (person_id, problem_id, place, kind, state, opened_at, due_on, provisional, province,
       source, turn, counted_from, counted_days, calendar_version, opened_by, other_person, graduated_on, version)
     select $1, $2, $3, $4, 'OPEN', $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15,
       (select graduated_on from schooling where person_id = $1), 1`,
    [
      ...[
        person,
        problem,
        place,
        kind,
        at,
        due.dueDate,
        due.provisional,
        province,
        found.source,
        found.school,
      ],
      ...[
        due.counted?.from ?? null,
        due.counted?.workingDays ?? null,
        due.calendarVersion,
        found.by,
        found.other,
      ],
    ],
  );
  const moved = { person, id: problem, place, province, kind, version: 1, state: 'OPEN' as const };
  const turn = { turn: found.school, dueOn: due.dueDate, provisional: due.provisional };
  await note(tx, sealing, moved, {
    ...{ act: 'REPORT', unit: found.unit, by: found.by, at, note: found.note, papers: [] },
  });
  const where = { person, province, place };
  return {
    problem,
    events: [
      recorded(ProblemRecordOpened, person, found.personVersion + 1, { ...where, problem, kind }),
      movedEvent({ ...moved, ...turn }, []),
    ],
  };
};

/** What happened to a record, as its history keeps it. */
export type Happening = {
  act: string;
  unit: string;
  by: string;
  at: string;
  note: string | null;
  papers: readonly string[];
};

const note = async (
  tx: Tx,
  sealing: Sealing,
  { person, id, place, version, state }: Pick<HeldProblem, 'person' | 'id' | 'place' | 'version' | 'state'>,
  happening: Happening,
): Promise<void> => {
  await execute(
    tx,
    `insert into problem_event (person_id, problem_id, ordinal, place, act, state, unit, subject, at, sealed, papers)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11::uuid[])`,
    [
      ...[person, id, version, place, happening.act, state, happening.unit, happening.by, happening.at],
      happening.note && sealing.seal(happening.note, problemContext(id)),
      [...happening.papers],
    ],
  );
};

type Told = Pick<
  HeldProblem,
  'person' | 'id' | 'place' | 'province' | 'kind' | 'state' | 'turn' | 'dueOn' | 'provisional' | 'version'
>;

const movedEvent = (record: Told, papers: readonly string[]): Recorded =>
  recorded(ProblemRecordMoved, `problem-record:${record.id}`, record.version, {
    problem: record.id,
    person: record.person,
    place: record.place,
    province: record.province,
    kind: record.kind,
    state: record.state,
    ...(!isSettled(record.state) && {
      turn: { unit: record.turn, dueOn: record.dueOn, provisional: record.provisional },
    }),
    papers: [...papers],
  });

/** Writes a record as it stands now with what happened to it; returns the event that tells of it. */
export const saveProblem = async (
  tx: Tx,
  sealing: Sealing,
  after: HeldProblem,
  happening: Happening,
): Promise<Recorded> => {
  await execute(
    tx,
    `update problem_record set state = $3, turn = $4, last_actor = $5, resolution = $6, due_on = $7, provisional = $8,
       calendar_version = $9, counted_from = $10, counted_days = $11, graduated_on = $12, settled_at = $13, version = $14
     where person_id = $1 and problem_id = $2`,
    [
      ...[after.person, after.id, after.state, after.turn, after.lastActor, after.resolution, after.dueOn],
      ...[after.provisional, after.calendarVersion],
      ...[after.counted?.from ?? null, after.counted?.workingDays ?? null, after.graduatedOn],
      ...[isSettled(after.state) ? happening.at : null, after.version],
    ],
  );
  await note(tx, sealing, after, happening);
  return movedEvent(after, happening.papers);
};
