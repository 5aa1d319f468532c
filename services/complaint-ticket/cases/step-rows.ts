import type { CaseKind } from '#libs/law/ticket/case-steps.ts';
import { type Columns, insertRows } from '#libs/platform/database/insert.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import type { CaseRef } from './case-ref.ts';
import type { StepRow } from './course.ts';
import type { CaseParty } from './parties.ts';

type Row = {
  case_kind: CaseKind;
  case_id: string;
  step: number;
  person_id: string;
  matter: string;
  source_place: string;
  target_place: string;
  party: CaseParty;
  unit: string;
  province: string;
  turn: number | null;
  opened_at: Date;
  due_on: string | null;
  provisional: boolean;
  done_at: Date | null;
  lapsed: boolean;
};

const columns: Columns = [
  ['case_kind', 'text'],
  ['case_id', 'uuid'],
  ['step', 'int'],
  ['person_id', 'uuid'],
  ['matter', 'text'],
  ['source_place', 'bigint'],
  ['target_place', 'bigint'],
  ['party', 'text'],
  ['unit', 'text'],
  ['province', 'text'],
  ['turn', 'int'],
  ['opened_at', 'timestamptz'],
  ['due_on', 'date'],
  ['provisional', 'boolean'],
  ['done_at', 'timestamptz'],
  ['lapsed', 'boolean'],
];

const instant = (date: Date): string => new Date(date).toISOString();

const stepOf = (row: Row): StepRow => ({
  case: { kind: row.case_kind, id: row.case_id },
  ...{ step: row.step, person: row.person_id, matter: row.matter },
  ...{ sourcePlace: Number(row.source_place), targetPlace: Number(row.target_place) },
  ...{ party: row.party, unit: row.unit, province: row.province, turn: row.turn },
  ...{ openedAt: instant(row.opened_at), dueOn: row.due_on, provisional: row.provisional },
  ...{ doneAt: row.done_at === null ? null : instant(row.done_at), lapsed: row.lapsed },
});

const valuesOf = (step: StepRow): unknown[] => [
  ...[step.case.kind, step.case.id, step.step, step.person, step.matter, step.sourcePlace, step.targetPlace],
  ...[step.party, step.unit, step.province, step.turn, step.openedAt, step.dueOn, step.provisional],
  ...[step.doneAt, step.lapsed],
];

const ofCases = `(case_kind, case_id) in (select kind, id from unnest($1::text[], $2::uuid[]) as of (kind, id))`;

const namesOf = (cases: readonly CaseRef[]): unknown[] => [
  cases.map(({ kind }) => kind),
  cases.map(({ id }) => id),
];

/** Steps of which a condition is true, as far as the scope covers them; the condition is a text of this service. */
export const stepsWhere = async (
  tx: Tx,
  condition: string,
  parameters: readonly unknown[],
): Promise<StepRow[]> =>
  (
    await query<Row>(
      tx,
      `select case_kind, case_id, step, person_id, matter, source_place, target_place, party, unit, province, turn,
         opened_at, due_on::text, provisional, done_at, lapsed
       from case_step where ${condition}`,
      parameters,
    )
  ).map(stepOf);

/** The steps of cases, the earliest first, as far as the scope covers them. */
export const stepsOfCases = (tx: Tx, cases: readonly CaseRef[]): Promise<StepRow[]> =>
  stepsWhere(tx, `${ofCases} order by case_kind, case_id, step, party`, namesOf(cases));

/** Writes the steps of cases in place of those that were. */
export const replaceSteps = async (
  tx: Tx,
  cases: readonly CaseRef[],
  steps: readonly StepRow[],
): Promise<void> => {
  await execute(tx, `delete from case_step where ${ofCases}`, namesOf(cases));
  await insertRows(tx, 'case_step', columns, steps.map(valuesOf));
};
