import type { Columns } from '#libs/platform/database/insert.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import { MEASURES } from './attributes.ts';
import type { Cell } from './cells.ts';
import type { DayCell } from './day-cells.ts';

/** How a grade that runs is written where a key may hold no null: it freezes at the end of time. */
export const NEVER = 'infinity';

const key: Columns = [
  ['place', 'bigint'],
  ['width', 'bigint'],
  ['stage', 'text'],
  ['gender', 'text'],
  ['entry_year_adj', 'int'],
  ['last_grade', 'int'],
  ['frozen_at', 'timestamptz'],
];

/** Names of the columns that make a cell's key, in the order of its primary key. */
export const keyColumns = key.map(([name]) => name);

/** Names of the columns that hold a cell's numbers, in the order of MEASURES. */
export const numberColumns = MEASURES.map(({ column }) => column);

const keyOf = (cell: Cell): unknown[] => [
  cell.place,
  cell.width,
  cell.stage,
  cell.gender,
  cell.entryYearAdj,
  cell.lastGrade,
  cell.frozenAt ?? NEVER,
];

/** One of the tables of cells: what its key has beside the cell's own. */
type CellTable = { name: string; dated: Columns };
type Row = { dates: readonly string[]; cell: Cell };
type Key = Readonly<Record<string, unknown>>;

const removeEmpty = async (tx: Tx, { name, dated }: CellTable, keys: readonly Key[]): Promise<void> => {
  const all = [...dated, ...key];
  const names = all.map(([column]) => column);
  await execute(
    tx,
    `delete from ${name} as cell
     using unnest(${all.map(([, type], at) => `$${at + 1}::${type}[]`).join(', ')}) as gone (${names.join(', ')})
     where ${names.map((column) => `cell.${column} = gone.${column}`).join(' and ')}`,
    names.map((column) => keys.map((each) => each[column])),
  );
};

/**
 * Adds changes in one statement and removes rows that hold nothing any more, so that what is left depends on the pupils
 * alone and not on the way there. Every row has a key of its own.
 */
const add = async (tx: Tx, table: CellTable, rows: readonly Row[]): Promise<void> => {
  if (rows.length === 0) return;
  const keys = [...table.dated, ...key];
  const names = keys.map(([name]) => name).join(', ');
  const columns = [...keys, ...numberColumns.map((column) => [column, 'int'] as const)];
  const values = rows.map(({ dates, cell }) => [...dates, ...keyOf(cell), ...cell.counts]);
  const empty = await query<Key>(
    tx,
    `with added as (
       insert into ${table.name} (${columns.map(([name]) => name).join(', ')})
       select * from unnest(${columns.map(([, type], at) => `$${at + 1}::${type}[]`).join(', ')})
       on conflict (${names}) do update
       set ${numberColumns.map((column) => `${column} = ${table.name}.${column} + excluded.${column}`).join(', ')}
       returning ${keys.map(([name, type]) => (type === 'date' ? `${name}::text` : name)).join(', ')},
         ${numberColumns.map((column) => `${column} = 0`).join(' and ')} as is_empty)
     select * from added where is_empty`,
    columns.map((_, at) => values.map((row) => row[at])),
  );
  if (empty.length > 0) await removeEmpty(tx, table, empty);
};

const now: CellTable = { name: 'stock_cell', dated: [] };
const days: CellTable = { name: 'stock_day', dated: [['day', 'date']] };
const months: CellTable = { name: 'stock_month', dated: [['month', 'date']] };

/** Adds changes to the cells as they are now. */
export const addToCells = (tx: Tx, deltas: readonly Cell[]): Promise<void> =>
  add(
    tx,
    now,
    deltas.map((cell) => ({ dates: [], cell })),
  );

/** Adds to what changed in the cells day by day. */
export const addToDays = (tx: Tx, deltas: readonly DayCell[]): Promise<void> =>
  add(
    tx,
    days,
    deltas.map((cell) => ({ dates: [cell.day], cell })),
  );

/** Adds to the cells as they were at the end of a month, which `day` names by its first day. */
export const addToMonths = (tx: Tx, deltas: readonly DayCell[]): Promise<void> =>
  add(
    tx,
    months,
    deltas.map((cell) => ({ dates: [cell.day], cell })),
  );
