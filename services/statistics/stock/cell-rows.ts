import { type Columns, insertRows } from '#libs/platform/database/insert.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute } from '#libs/platform/database/query.ts';
import { MEASURES } from './attributes.ts';
import type { Cell } from './cells.ts';

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

const numbers = MEASURES.map(({ column }) => column);
const added = numbers.map((column) => `${column} = stock_cell.${column} + excluded.${column}`);

const keyOf = (cell: Cell): unknown[] => [
  cell.place,
  cell.width,
  cell.stage,
  cell.gender,
  cell.entryYearAdj,
  cell.lastGrade,
  cell.frozenAt ?? NEVER,
];

const removeEmpty = async (tx: Tx, cells: readonly Cell[]): Promise<void> => {
  const keys = cells.map(keyOf);
  await execute(
    tx,
    `delete from stock_cell as cell
     using unnest(${key.map(([, type], at) => `$${at + 1}::${type}[]`).join(', ')}) as gone (${keyColumns.join(', ')})
     where n = 0 and ${keyColumns.map((name) => `cell.${name} = gone.${name}`).join(' and ')}`,
    key.map((_, at) => keys.map((values) => values[at])),
  );
};

/**
 * Adds changes to the cells in one statement and removes those that count nobody any more, so that what is left
 * depends on the pupils alone and not on the way there.
 */
export const addToCells = async (tx: Tx, deltas: readonly Cell[]): Promise<void> => {
  await insertRows(
    tx,
    'stock_cell',
    [...key, ...numbers.map((column) => [column, 'int'] as const)],
    deltas.map((cell) => [...keyOf(cell), ...cell.counts]),
    `on conflict (${keyColumns.join(', ')}) do update set ${added.join(', ')}`,
  );
  const fewer = deltas.filter(({ counts: [n = 0] }) => n < 0);
  if (fewer.length > 0) await removeEmpty(tx, fewer);
};
