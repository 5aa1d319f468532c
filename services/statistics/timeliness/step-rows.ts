import { type Columns, insertRows } from '#libs/platform/database/insert.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import type { StepRow } from './steps.ts';

type Row = {
  transfer_id: string;
  party: string;
  version: number;
  turn: number | null;
  unit: string;
  place: string;
  source_place: string;
  target_place: string;
  opened_at: Date | string;
  report_due_on: string;
  provisional: boolean;
  late_since: string | null;
  settled_at: Date | string | null;
};

const columns: Columns = [
  ['transfer_id', 'uuid'],
  ['party', 'text'],
  ['version', 'int'],
  ['turn', 'int'],
  ['unit', 'text'],
  ['place', 'bigint'],
  ['source_place', 'bigint'],
  ['target_place', 'bigint'],
  ['opened_at', 'timestamptz'],
  ['report_due_on', 'date'],
  ['provisional', 'boolean'],
  ['late_since', 'date'],
  ['settled_at', 'timestamptz'],
];

const instant = (date: Date | string): string => new Date(date).toISOString();

const stepOf = (row: Row): StepRow => ({
  transfer: row.transfer_id,
  party: row.party,
  version: row.version,
  turn: row.turn,
  unit: row.unit,
  place: Number(row.place),
  sourcePlace: Number(row.source_place),
  targetPlace: Number(row.target_place),
  openedAt: instant(row.opened_at),
  reportDueOn: row.report_due_on,
  provisional: row.provisional,
  lateSince: row.late_since,
  settledAt: row.settled_at === null ? null : instant(row.settled_at),
});

const valuesOf = (step: StepRow): unknown[] => [
  ...[step.transfer, step.party, step.version, step.turn, step.unit, step.place, step.sourcePlace],
  ...[step.targetPlace, step.openedAt, step.reportDueOn, step.provisional, step.lateSince, step.settledAt],
];

/** The open steps of cases, by case. */
export const loadOpenSteps = async (
  tx: Tx,
  transfers: readonly string[],
): Promise<Map<string, StepRow[]>> => {
  const rows = await query<Row>(
    tx,
    `select transfer_id, party, version, turn, unit, place, source_place, target_place, opened_at,
            report_due_on::text, provisional, late_since::text, settled_at
     from timeliness_step where transfer_id = any($1::uuid[]) and settled_at is null
     order by transfer_id, version, party`,
    [transfers],
  );
  return Map.groupBy(rows.map(stepOf), ({ transfer }) => transfer);
};

/** Writes the steps of cases in place of those that were open. */
export const replaceOpenSteps = async (
  tx: Tx,
  transfers: readonly string[],
  steps: readonly StepRow[],
): Promise<void> => {
  await execute(
    tx,
    'delete from timeliness_step where transfer_id = any($1::uuid[]) and settled_at is null',
    [transfers],
  );
  await insertRows(tx, 'timeliness_step', columns, steps.map(valuesOf));
};
