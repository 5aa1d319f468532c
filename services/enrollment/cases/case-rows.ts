import { EnrollmentCaseMoved } from '#libs/contracts/events/enrollment-case.ts';
import type { EnrollmentCaseKind } from '#libs/contracts/vocabulary.ts';
import type { Finding } from '#libs/law/finding.ts';
import type { HandlingMode } from '#libs/law/organization/handling-mode.ts';
import {
  type CaseCourse,
  type CaseState,
  currentStep,
  type Party,
  type Step,
} from '#libs/law/procedure/course.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import { recordEvents, recorded } from '#libs/platform/events/outbox.ts';

/** A case as it is kept, with its steps in order. */
export type CaseRecord = CaseCourse & {
  person: string;
  id: string;
  enrollment: string;
  school: string;
  place: number;
  province: string;
  kind: EnrollmentCaseKind;
  /** What the case is about, in its plan's own shape. */
  facts: unknown;
  /** What the law said of it when it was opened. */
  findings: Finding[];
  /** The day whose law the case keeps. */
  policyOn: string;
  openedAt: string;
  openedBy: string;
  endedAt: string | null;
  /** How it came in; null: digitally, as is the norm (ORG-18). */
  handling: { mode: HandlingMode; reason?: string | null } | null;
  version: number;
};

type CaseRow = {
  person_id: string;
  case_id: string;
  enrollment_id: string;
  school: string;
  place: string;
  province: string;
  kind: EnrollmentCaseKind;
  state: CaseState;
  parties: Party[];
  facts: unknown;
  findings: Finding[];
  policy_on: string;
  opened_at: Date;
  opened_by: string;
  ended_at: Date | null;
  handling: CaseRecord['handling'];
  version: number;
};

type StepRow = {
  person_id: string;
  case_id: string;
  ordinal: number;
  party: Party;
  unit: string;
  opened_at: Date;
  due_on: string;
  provisional: boolean;
  calendar_version: string;
  handled_by: string | null;
  handled_at: Date | null;
  opinion: string | null;
  decided_by: string | null;
  decided_at: Date | null;
  decision: Step['decision'];
  reason: string | null;
};

const instant = (date: Date): string => new Date(date).toISOString();
const instantOrNull = (date: Date | null): string | null => date && instant(date);

const stepOf = (row: StepRow): Step => ({
  ordinal: row.ordinal,
  party: row.party,
  unit: row.unit,
  openedAt: instant(row.opened_at),
  dueOn: row.due_on,
  provisional: row.provisional,
  calendarVersion: row.calendar_version,
  handledBy: row.handled_by,
  handledAt: instantOrNull(row.handled_at),
  opinion: row.opinion,
  decidedBy: row.decided_by,
  decidedAt: instantOrNull(row.decided_at),
  decision: row.decision,
  reason: row.reason,
});

const recordOf = (row: CaseRow, steps: readonly Step[]): CaseRecord => ({
  person: row.person_id,
  id: row.case_id,
  enrollment: row.enrollment_id,
  school: row.school,
  place: Number(row.place),
  province: row.province,
  kind: row.kind,
  state: row.state,
  parties: row.parties,
  facts: row.facts,
  findings: row.findings,
  policyOn: row.policy_on,
  openedAt: instant(row.opened_at),
  openedBy: row.opened_by,
  endedAt: instantOrNull(row.ended_at),
  handling: row.handling,
  version: row.version,
  steps,
});

const caseColumns = `person_id, case_id, enrollment_id, school, place, province, kind, state, parties, facts, findings,
  policy_on::text, opened_at, opened_by, ended_at, handling, version`;
const stepColumns = `person_id, case_id, ordinal, party, unit, opened_at, due_on::text, provisional, calendar_version,
  handled_by, handled_at, opinion, decided_by, decided_at, decision, reason`;

const withSteps = async (tx: Tx, rows: readonly CaseRow[]): Promise<CaseRecord[]> => {
  if (rows.length === 0) return [];
  const steps = await query<StepRow>(
    tx,
    `select ${stepColumns} from case_step where person_id = any($1::uuid[]) and case_id = any($2::uuid[])
     order by case_id, ordinal`,
    [rows.map((row) => row.person_id), rows.map((row) => row.case_id)],
  );
  const byCase = Map.groupBy(steps, (step) => step.case_id);
  return rows.map((row) => recordOf(row, (byCase.get(row.case_id) ?? []).map(stepOf)));
};

/** A case and its pupil's lock; nothing where the scope does not cover it. */
export const lockCase = async (tx: Tx, person: string, id: string): Promise<CaseRecord | undefined> => {
  await query(tx, 'select person_id from pupil where person_id = $1 for update', [person]);
  const rows = await query<CaseRow>(
    tx,
    `select ${caseColumns} from enrollment_case where person_id = $1 and case_id = $2 for update`,
    [person, id],
  );
  return (await withSteps(tx, rows))[0];
};

/** All cases of persons, oldest first. */
export const casesOfPersons = async (tx: Tx, persons: readonly string[]): Promise<CaseRecord[]> =>
  withSteps(
    tx,
    await query<CaseRow>(
      tx,
      `select ${caseColumns} from enrollment_case where person_id = any($1::uuid[]) order by opened_at, case_id`,
      [persons],
    ),
  );

/** Cases by id, as far as the scope covers them. */
export const casesById = async (tx: Tx, ids: readonly string[]): Promise<CaseRecord[]> =>
  withSteps(
    tx,
    await query<CaseRow>(tx, `select ${caseColumns} from enrollment_case where case_id = any($1::uuid[])`, [
      ids,
    ]),
  );

/** Writes a new case with its first step, and tells of it. */
export const insertCase = async (tx: Tx, at: string, made: CaseRecord): Promise<void> => {
  await execute(
    tx,
    `insert into enrollment_case (person_id, case_id, enrollment_id, school, place, province, kind, state, parties,
       facts, findings, policy_on, opened_at, opened_by, version, handling)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9::text[], $10::jsonb, $11::jsonb, $12, $13, $14, $15, $16::jsonb)`,
    [
      made.person,
      made.id,
      made.enrollment,
      made.school,
      made.place,
      made.province,
      made.kind,
      made.state,
      [...made.parties],
      JSON.stringify(made.facts),
      JSON.stringify(made.findings),
      made.policyOn,
      made.openedAt,
      made.openedBy,
      made.version,
      made.handling && JSON.stringify(made.handling),
    ],
  );
  for (const step of made.steps) await insertStep(tx, made, step);
  await tellCase(tx, at, made);
};

const insertStep = (tx: Tx, { person, id, place }: CaseRecord, step: Step): Promise<number> =>
  execute(
    tx,
    `insert into case_step (person_id, case_id, ordinal, place, party, unit, opened_at, due_on, provisional,
       calendar_version, handled_by, handled_at, opinion, counted_from, counted_days)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
    [
      person,
      id,
      step.ordinal,
      place,
      step.party,
      step.unit,
      step.openedAt,
      step.dueOn,
      step.provisional,
      step.calendarVersion,
      step.handledBy,
      step.handledAt,
      step.opinion,
      step.counted?.from ?? null,
      step.counted?.workingDays ?? null,
    ],
  );

/** Writes who handled or decided the last step, a step that followed it, and the case's own state. */
export const saveCase = async (tx: Tx, at: string, before: CaseRecord, after: CaseRecord): Promise<void> => {
  const decided = after.steps[before.steps.length - 1];
  if (decided !== undefined) {
    await execute(
      tx,
      `update case_step set handled_by = $4, handled_at = $5, opinion = $6, decided_by = $7, decided_at = $8,
         decision = $9, reason = $10 where person_id = $1 and case_id = $2 and ordinal = $3`,
      [
        after.person,
        after.id,
        decided.ordinal,
        decided.handledBy,
        decided.handledAt,
        decided.opinion,
        decided.decidedBy,
        decided.decidedAt,
        decided.decision,
        decided.reason,
      ],
    );
  }
  for (const step of after.steps.slice(before.steps.length)) await insertStep(tx, after, step);
  await execute(
    tx,
    `update enrollment_case set state = $3, ended_at = $4, facts = $5::jsonb, findings = $6::jsonb, version = $7
     where person_id = $1 and case_id = $2`,
    [
      after.person,
      after.id,
      after.state,
      after.endedAt,
      JSON.stringify(after.facts),
      JSON.stringify(after.findings),
      after.version,
    ],
  );
  await tellCase(tx, at, after);
};

/** The files that lie with a case. */
const filesOf = async (tx: Tx, { person, id }: CaseRecord): Promise<string[]> =>
  (
    await query<{ file: string }>(
      tx,
      `select file_id as file from case_evidence where person_id = $1 and case_id = $2
       order by added_at, file_id limit 200`,
      [person, id],
    )
  ).map(({ file }) => file);

/** Tells where a case stands now. */
export const tellCase = async (tx: Tx, at: string, record: CaseRecord): Promise<void> => {
  const step = currentStep(record);
  const papers = record.state === 'DONE' ? await filesOf(tx, record) : undefined;
  await recordEvents(tx, at, [
    recorded(EnrollmentCaseMoved, `case:${record.id}`, record.version, {
      case: record.id,
      kind: record.kind,
      person: record.person,
      school: record.school,
      place: record.place,
      province: record.province,
      state: record.state,
      ...(papers && { papers }),
      ...(step && {
        turn: { party: step.party, unit: step.unit, dueOn: step.dueOn, provisional: step.provisional },
      }),
    }),
  ]);
};
