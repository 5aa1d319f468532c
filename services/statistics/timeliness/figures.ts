import type { Tx } from '#libs/platform/database/orm.ts';
import { query } from '#libs/platform/database/query.ts';
import type { Parts } from '../table/parts.ts';
import { singlesIn } from '../table/singles-in.ts';
import type { Version } from './version.ts';

/** What a unit, or everything below it, has to show for a month. */
export type Figures = {
  doneInTime: number;
  becameOverdue: number;
  /** Late and not decided: now, or at the end of a month that has been issued. */
  overdue: number;
  /** The earliest last day in time among these. */
  oldestDueOn: string | null;
  blockedRefusals: number;
  blockedByRule: { ruleId: string; count: number }[];
  /** What was owed to pupils and not done in its time, by rule: transfers not started, archives not opened, refreshed or passed on. */
  omittedByRule: { ruleId: string; count: number }[];
};

export type UnitFigures = Figures & { unit: string };

type Row = { unit: string; measure: string; n: string; oldest: string | null };

const BLOCKED_BY = 'BLOCKED:';
const OMITTED = 'OMITTED:';

export const noFigures: Figures = {
  ...{
    doneInTime: 0,
    becameOverdue: 0,
    overdue: 0,
    oldestDueOn: null,
    blockedRefusals: 0,
    blockedByRule: [],
    omittedByRule: [],
  },
};

const figuresOf = (rows: readonly Row[]): Figures => {
  const countOf = (measure: string) => Number(rows.find((row) => row.measure === measure)?.n ?? 0);
  const byRule = (prefix: string) =>
    rows
      .filter(({ measure }) => measure.startsWith(prefix))
      .map(({ measure, n }) => ({ ruleId: measure.slice(prefix.length), count: Number(n) }));
  return {
    doneInTime: countOf('DONE_IN_TIME'),
    becameOverdue: countOf('BECAME_OVERDUE'),
    overdue: countOf('OVERDUE'),
    oldestDueOn: rows.find(({ measure }) => measure === 'OVERDUE')?.oldest ?? null,
    blockedRefusals: countOf('BLOCKED'),
    blockedByRule: byRule(BLOCKED_BY),
    omittedByRule: byRule(OMITTED),
  };
};

const cells = { LIVE: 'timeliness_cell', ISSUED: 'issued_cell' } as const;
const ofMonth = {
  LIVE: `case cell.measure when 'OVERDUE' then cell.day < $2::date else cell.day = $1::date end`,
  ISSUED: `cell.month = $1::date and $2::date is not null and cell.measure not like 'ACCOUNT:%'`,
} as const;
const sums = 'sum(cell.n) as n, min(cell.day)::text as oldest';

const unitsOf = (version: Version): string => `
  select part.unit, cell.measure, ${sums}
  from unnest($3::text[], $4::bigint[], $5::bigint[]) as part (unit, place, width)
  join ${cells[version.kind]} cell using (place, width)
  where ${ofMonth[version.kind]} group by 1, 2 order by 1, 2`;

const singlesOf = (version: Version): string => `
  select coalesce(u.unit, cell.place::text) as unit, cell.measure, ${sums}
  from ${singlesIn(cells[version.kind], 3, ofMonth[version.kind])}
  left join timeliness_unit u on u.place = cell.place
  group by 1, 2 order by 1, 2`;

/** Figures of units with everything below them, and of each school or unit by itself in the ranges named. */
export const readFigures = async (tx: Tx, version: Version, parts: Parts): Promise<UnitFigures[]> => {
  const blocks = parts.units.flatMap(({ unit, blocks: own }) => own.map((block) => ({ unit, ...block })));
  const condition = [version.firstDay, version.lastDay];
  const units = await query<Row>(tx, unitsOf(version), [
    ...condition,
    blocks.map(({ unit }) => unit),
    blocks.map(({ place }) => place),
    blocks.map(({ width }) => width),
  ]);
  const singles = await query<Row>(tx, singlesOf(version), [
    ...condition,
    parts.schoolsIn.map(({ lo }) => lo),
    parts.schoolsIn.map(({ hi }) => hi),
  ]);
  const byUnit = Map.groupBy([...units, ...singles], ({ unit }) => unit);
  return [...byUnit].map(([unit, rows]) => ({ unit, ...figuresOf(rows) }));
};
