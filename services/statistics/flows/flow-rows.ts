import { type Columns, insertRows } from '#libs/platform/database/insert.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { query } from '#libs/platform/database/query.ts';
import { NEVER } from '../stock/cell-rows.ts';
import type { Registration } from '../stock/pupil.ts';
import type { Flow, Registered } from './flow.ts';
import { flowCellsOf, flowPairsOf } from './flow-cells.ts';

type Row = { person: string; day: string; place: string; province: string; registration: Registration };

/** Registrations of persons by id, as enrollment told of them. */
export const loadRegistered = async (
  tx: Tx,
  persons: readonly string[],
): Promise<Map<string, Registered>> => {
  const rows = await query<Row>(
    tx,
    `select person_id as person, day::text, place, province, registration from flow_pupil
     where person_id = any($1::uuid[])`,
    [persons],
  );
  return new Map(
    rows.map(({ person, day, place, province, registration }) => [
      person,
      {
        day,
        pupil: {
          ...{ person, place: Number(place), province, registration },
          ...{ numberKind: null, told: { identity: null, living: null } },
        },
      },
    ]),
  );
};

export const saveRegistered = async (tx: Tx, pupils: readonly Registered[]): Promise<void> => {
  await insertRows(
    tx,
    'flow_pupil',
    [
      ['person_id', 'uuid'],
      ['place', 'bigint'],
      ['province', 'text'],
      ['day', 'date'],
      ['registration', 'jsonb'],
    ],
    pupils.map(({ day, pupil: { person, place, province, registration } }) => [
      ...[person, place, province, day, JSON.stringify(registration)],
    ]),
    `on conflict (person_id) do update
     set day = excluded.day, place = excluded.place, province = excluded.province, registration = excluded.registration`,
  );
};

const caseColumns: Columns = [
  ['person_id', 'uuid'],
  ['event_id', 'uuid'],
  ['day', 'date'],
  ['kind', 'text'],
  ['source_school', 'text'],
  ['source_place', 'bigint'],
  ['target_school', 'text'],
  ['target_place', 'bigint'],
  ['enrollment', 'uuid'],
  ['case_id', 'uuid'],
];

const saveCases = (tx: Tx, flows: readonly Flow[]): Promise<never[]> =>
  insertRows(
    tx,
    'flow_case',
    caseColumns,
    flows.map((flow) => [
      ...[flow.person, flow.event, flow.day, flow.kind],
      ...[flow.source?.school, flow.source?.place, flow.target?.school, flow.target?.place],
      ...[flow.enrollment, flow.case],
    ]),
    'on conflict do nothing',
  );

const cellKey: Columns = [
  ['width', 'bigint'],
  ['place', 'bigint'],
  ['day', 'date'],
  ['kind', 'text'],
  ['direction', 'text'],
  ['stage', 'text'],
  ['gender', 'text'],
  ['entry_year_adj', 'int'],
  ['last_grade', 'int'],
  ['frozen_at', 'timestamptz'],
];
const pairKey: Columns = [
  ['width', 'bigint'],
  ['source_place', 'bigint'],
  ['target_place', 'bigint'],
  ['day', 'date'],
  ['kind', 'text'],
];

const add = (tx: Tx, table: string, key: Columns, rows: readonly unknown[][]): Promise<never[]> =>
  insertRows(
    tx,
    table,
    [...key, ['n', 'int']],
    rows,
    `on conflict (${key.map(([name]) => name).join(', ')}) do update set n = ${table}.n + excluded.n`,
  );

/** Writes flows one by one and adds them to the counts of every block. */
export const saveFlows = async (tx: Tx, flows: readonly Flow[]): Promise<void> => {
  await saveCases(tx, flows);
  await add(
    tx,
    'flow_cell',
    cellKey,
    flowCellsOf(flows).map((cell) => [
      ...[cell.width, cell.place, cell.day, cell.kind, cell.direction, cell.stage, cell.gender],
      ...[cell.entryYearAdj, cell.lastGrade, cell.frozenAt ?? NEVER, cell.n],
    ]),
  );
  await add(
    tx,
    'flow_pair',
    pairKey,
    flowPairsOf(flows).map(({ width, source, target, day, kind, n }) => [
      width,
      source,
      target,
      day,
      kind,
      n,
    ]),
  );
};
