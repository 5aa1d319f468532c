import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import { addToMonths, keyColumns, numberColumns } from './cell-rows.ts';
import { nameOf, Sums } from './cells.ts';
import type { DayCell } from './day-cells.ts';
import { monthBefore, monthOf, monthsBetween } from './months.ts';

/** From which day to which each source has told of registrations. */
export type Heard = { source: string; first: string; last: string };

/** Days that are kept: the first of all, and the last month that every source has told of to its end, if there is one. */
export type Kept = { first: string; closed: string | null };

export const readHeard = (tx: Tx): Promise<Heard[]> =>
  query<Heard>(tx, 'select source, first::text, last::text from stock_heard');

/** @param sources all that must have come past a month before it is closed */
export const keptBy = (heard: readonly Heard[], sources: number): Kept | undefined => {
  const [first] = heard.map((each) => each.first).sort();
  const [last] = heard.map((each) => each.last).sort();
  if (first === undefined || last === undefined) return undefined;
  const closed = monthBefore(last);
  return { first, closed: heard.length < sources || closed < monthOf(first) ? null : closed };
};

/** Notes up to which day a source has told by now. */
export const hear = async (tx: Tx, heard: readonly Heard[]): Promise<void> => {
  await execute(
    tx,
    `insert into stock_heard (source, first, last)
     select * from unnest($1::text[], $2::date[], $3::date[])
     on conflict (source) do update set first = least(stock_heard.first, excluded.first),
       last = greatest(stock_heard.last, excluded.last)
     where stock_heard.first > excluded.first or stock_heard.last < excluded.last`,
    [heard.map(({ source }) => source), heard.map(({ first }) => first), heard.map(({ last }) => last)],
  );
};

const columns = [...keyColumns, ...numberColumns].join(', ');
const keys = keyColumns.join(', ');

/** Keeps the cells as they were at the end of a month: those of the month before with what changed since. */
const close = async (tx: Tx, month: string): Promise<void> => {
  await execute(
    tx,
    `insert into stock_month (month, ${columns})
     select $1::date, ${keys}, ${numberColumns.map((column) => `sum(${column})`).join(', ')}
     from (
       select ${columns} from stock_month where month = ($1::date - interval '1 month')::date
       union all
       select ${columns} from stock_day where day >= $1::date and day < ($1::date + interval '1 month')::date
     ) as moved
     group by ${keys} having ${numberColumns.map((column) => `sum(${column}) <> 0`).join(' or ')}`,
    [month],
  );
};

/** Corrects the months that were closed before a change of theirs was told. */
export const correctMonths = async (
  tx: Tx,
  deltas: readonly DayCell[],
  closed: string | null,
): Promise<void> => {
  if (closed === null) return;
  const sums = new Sums<DayCell>((cell) => `${cell.day}|${nameOf(cell)}`);
  for (const delta of deltas)
    for (const day of monthsBetween(delta.day, closed)) sums.add({ ...delta, day }, 1);
  await addToMonths(tx, sums.nonZero());
};

/** Closes the months that every source has come past by now; a large nation takes longer for it than a batch may. */
export const closeMonths = async (tx: Tx, before: Kept | undefined, after: Kept): Promise<void> => {
  if (after.closed === null || before?.closed === after.closed) return;
  await execute(tx, 'set local transaction_timeout = 0');
  const known = before?.closed ?? null;
  for (const month of monthsBetween(known ?? after.first, after.closed))
    if (month !== known) await close(tx, month);
};
