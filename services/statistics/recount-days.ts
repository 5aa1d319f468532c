import type { MikroORM } from '@mikro-orm/postgresql';
import { execute, query } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import type { PlaceRange } from './stock/blocks.ts';
import { keyColumns, numberColumns } from './stock/cell-rows.ts';
import { keptBy, readHeard } from './stock/closed-months.ts';
import { monthsBetween } from './stock/months.ts';
import { STOCK_SOURCES } from './stock/sources.ts';

/** Cells of a block at the end of a month (null: now) that the days up to it do not add up to. */
export type DayDifference = { month: string | null; place: number; width: number; cells: number };

const keys = keyColumns.join(', ');
const columns = [...keyColumns, ...numberColumns].join(', ');

/** @param until a condition on days, @param kept the cells that they should add up to */
const statement = (until: string, kept: string): string => `
  with counted as (
    select ${keys}, ${numberColumns.map((column) => `sum(${column})::int as ${column}`).join(', ')}
    from stock_day where place between $1 and $2 and ${until} group by ${keys}),
  nonzero as (
    select ${columns} from counted where ${numberColumns.map((column) => `${column} <> 0`).join(' or ')}),
  kept as (select ${columns} from ${kept}),
  other as (
    (select * from nonzero except select * from kept) union (select * from kept except select * from nonzero))
  select place, width, count(distinct (${keys})) as cells from other group by 1, 2 order by 2, 1 limit 1000`;

/**
 * Adds up the changes of all days anew and tells every block whose cells, now or at the end of a month that is kept, are
 * not what they add up to; empty when statistics are right.
 */
export const recountDays = (
  orm: MikroORM,
  { lo, hi }: PlaceRange = { lo: 0, hi: 99_999_999_999 },
): Promise<DayDifference[]> =>
  asWorker(orm, async (tx) => {
    await execute(tx, 'set local transaction_timeout = 0');
    const kept = keptBy(await readHeard(tx), STOCK_SOURCES.length);
    const months = kept?.closed ? monthsBetween(kept.first, kept.closed) : [];
    const differences: DayDifference[] = [];
    for (const month of [...months, null]) {
      const [until, table] =
        month === null
          ? ['$3::date is null', 'stock_cell where place between $1 and $2']
          : [
              `day < $3::date + interval '1 month'`,
              'stock_month where place between $1 and $2 and month = $3',
            ];
      const rows = await query<{ place: string; width: string; cells: string }>(tx, statement(until, table), [
        lo,
        hi,
        month,
      ]);
      for (const { place, width, cells } of rows)
        differences.push({ month, place: Number(place), width: Number(width), cells: Number(cells) });
    }
    return differences;
  });
