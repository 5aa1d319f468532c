import { addDays, type IsoDate, weekday } from '#libs/law/dates.ts';
import { lastDayOf, type Month } from '#libs/law/statistics/timeliness.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { query } from '#libs/platform/database/query.ts';
import type { Parts } from '../table/parts.ts';
import { singlesIn } from '../table/singles-in.ts';
import type { AccountMeasure } from './projection.ts';

/** Use of the accounts of a unit, with everything below it or by itself, in a week or in the weeks of a month. */
export type AccountFigures = {
  /** Accounts in service, never used and sealed: at the end of the last week. */
  accounts: number;
  neverUsed: number;
  sealed: number;
  /** Accounts by week: of whom a login was asked, that made one, that missed it, that were exempt. */
  weeksDue: number;
  weeksUsed: number;
  weeksMissed: number;
  weeksExempt: number;
};

/** Mondays of the first and the last week that are counted. */
export type Weeks = { from: IsoDate; to: IsoDate };

export const noAccounts: AccountFigures = {
  ...{ accounts: 0, neverUsed: 0, sealed: 0, weeksDue: 0, weeksUsed: 0, weeksMissed: 0, weeksExempt: 0 },
};

/** The weeks of a month: those that end in it. */
export const weeksOf = (month: Month): Weeks => {
  const first = `${month}-01`;
  const last = lastDayOf(month);
  const firstSunday = addDays(first, 7 - weekday(first));
  const lastSunday = addDays(last, -(weekday(last) % 7));
  return { from: addDays(firstSunday, -6), to: addDays(lastSunday, -6) };
};

type Row = { unit: string; measure: AccountMeasure; day: string; n: string };

/** Figures of rows by week; what stands at the end of a week is taken from the last one that was counted. */
export const accountFiguresOf = (rows: readonly Pick<Row, 'measure' | 'day' | 'n'>[]): AccountFigures => {
  const last = rows
    .map(({ day }) => day)
    .sort()
    .at(-1);
  const sum = (measure: AccountMeasure, day?: string) =>
    rows
      .filter((row) => row.measure === measure && (day === undefined || row.day === day))
      .reduce((total, { n }) => total + Number(n), 0);
  if (last === undefined) return noAccounts;
  return {
    accounts: sum('ACCOUNTS', last),
    neverUsed: sum('NEVER_USED', last),
    sealed: sum('SEALED', last),
    weeksDue: sum('DUE'),
    weeksUsed: sum('USED'),
    weeksMissed: sum('MISSED'),
    weeksExempt: sum('ACCOUNTS') - sum('DUE'),
  };
};

/** Where figures are read: as they run, or as the report of a month has kept them. */
export type AccountSource = { kind: 'LIVE'; weeks: Weeks } | { kind: 'ISSUED'; month: Month };

/** What measures of accounts begin with in the report of a month. */
export const PREFIX = 'ACCOUNT:';
const read = {
  LIVE: { table: 'account_cell', measure: 'cell.measure', where: 'cell.day between $1::date and $2::date' },
  ISSUED: {
    table: 'issued_cell',
    measure: `substr(cell.measure, ${PREFIX.length + 1})`,
    where: `cell.month = $1::date and $2::date is not null and cell.measure like '${PREFIX}%'`,
  },
} as const;

/** Figures by code: of units with everything below them, and of each school or unit by itself in the ranges named. */
export const readAccountFigures = async (
  tx: Tx,
  source: AccountSource,
  { units, schoolsIn }: Parts,
): Promise<Map<string, AccountFigures>> => {
  const { table, measure, where } = read[source.kind];
  const first = source.kind === 'LIVE' ? source.weeks.from : `${source.month}-01`;
  const condition = [first, source.kind === 'LIVE' ? source.weeks.to : first];
  const blocks = units.flatMap(({ unit, blocks: own }) => own.map((block) => ({ unit, ...block })));
  const whole = await query<Row>(
    tx,
    `select part.unit, ${measure} as measure, cell.day::text as day, sum(cell.n) as n
     from unnest($3::text[], $4::bigint[], $5::bigint[]) as part (unit, place, width)
     join ${table} cell using (place, width) where ${where} group by 1, 2, 3`,
    [
      ...[...condition, blocks.map(({ unit }) => unit), blocks.map(({ place }) => place)],
      blocks.map(({ width }) => width),
    ],
  );
  const singles = await query<Row>(
    tx,
    `select coalesce(u.unit, cell.place::text) as unit, ${measure} as measure, cell.day::text as day, sum(cell.n) as n
     from ${singlesIn(table, 3, where)}
     left join account_unit u on u.place = cell.place group by 1, 2, 3`,
    [...condition, schoolsIn.map(({ lo }) => lo), schoolsIn.map(({ hi }) => hi)],
  );
  const byUnit = Map.groupBy([...whole, ...singles], ({ unit }) => unit);
  return new Map([...byUnit].map(([unit, rows]) => [unit, accountFiguresOf(rows)]));
};
