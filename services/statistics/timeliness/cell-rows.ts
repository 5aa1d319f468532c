import { type Columns, insertRows } from '#libs/platform/database/insert.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute } from '#libs/platform/database/query.ts';
import { blocksOfPlace } from '../stock/blocks.ts';

/** So many more or fewer of what is counted at a place; `day`: a day, or the first of a month. */
type DayDelta = { place: number; measure: string; day: string; n: number };

/** Counts by place, measure and day, of one read model each. */
type CellTable =
  | 'timeliness_cell'
  | 'ticket_cell'
  | 'term_cell'
  | 'account_cell'
  | 'problem_cell'
  | 'monitor_cell'
  | 'dropout_cell';
type UnitTable = 'timeliness_unit' | 'ticket_unit' | 'account_unit';

const columns: Columns = [
  ['place', 'bigint'],
  ['width', 'bigint'],
  ['measure', 'text'],
  ['day', 'date'],
  ['n', 'int'],
];

type Cell = { place: number; width: number; measure: string; day: string; n: number };

/** What changes add to the cells of every block around their places, summed up: no zeros, one entry a cell. */
export const cellDeltas = (deltas: readonly DayDelta[]): Cell[] => {
  const sums = new Map<string, Cell>();
  for (const { place, measure, day, n } of deltas) {
    for (const block of blocksOfPlace(place)) {
      const name = `${block.width}|${block.place}|${measure}|${day}`;
      sums.set(name, { ...block, measure, day, n: (sums.get(name)?.n ?? 0) + n });
    }
  }
  return [...sums.values()].filter(({ n }) => n !== 0).sort((a, b) => a.width - b.width || a.place - b.place);
};

const removeEmpty = async (tx: Tx, table: CellTable, cells: readonly Cell[]): Promise<void> => {
  await execute(
    tx,
    `delete from ${table} cell
     using unnest($1::bigint[], $2::bigint[], $3::text[], $4::date[]) as gone (place, width, measure, day)
     where n = 0 and cell.place = gone.place and cell.width = gone.width and cell.measure = gone.measure
       and cell.day = gone.day`,
    [
      cells.map(({ place }) => place),
      cells.map(({ width }) => width),
      cells.map(({ measure }) => measure),
      cells.map(({ day }) => day),
    ],
  );
};

/** Adds changes to the cells; one that comes to nothing, from above or below, is gone, so that a rebuild gives the same rows. */
export const addToDayCells = async (tx: Tx, table: CellTable, deltas: readonly DayDelta[]): Promise<void> => {
  const cells = cellDeltas(deltas);
  await insertRows(
    tx,
    table,
    columns,
    cells.map(({ place, width, measure, day, n }) => [place, width, measure, day, n]),
    `on conflict (place, width, measure, day) do update set n = ${table}.n + excluded.n`,
  );
  if (cells.length > 0) await removeEmpty(tx, table, cells);
};

/** Keeps which unit stands at a place. */
export const saveUnits = (tx: Tx, table: UnitTable, units: ReadonlyMap<number, string>): Promise<unknown> =>
  insertRows(
    tx,
    table,
    [
      ['place', 'bigint'],
      ['unit', 'text'],
    ],
    [...units],
    `on conflict (place) do update set unit = excluded.unit where ${table}.unit <> excluded.unit`,
  );
