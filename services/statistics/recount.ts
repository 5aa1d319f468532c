import type { MikroORM } from '@mikro-orm/postgresql';
import { execute, query } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { ALL, isFlag, MEASURES, type Measure, NONE } from './stock/attributes.ts';
import { type PlaceRange, WIDTHS } from './stock/blocks.ts';
import { keyColumns, NEVER } from './stock/cell-rows.ts';
import { countedStatuses } from './stock/pupil.ts';

/** A number of a cell that is not what the pupils say. */
export type CellDifference = {
  place: number;
  width: number;
  stage: string;
  gender: string;
  entryYearAdj: number;
  lastGrade: number;
  attribute: string;
  value: string;
  /** What the cell holds. */
  kept: number;
  /** What the pupils make it. */
  counted: number;
};

const nation: PlaceRange = { lo: 0, hi: Math.max(...WIDTHS) - 1 };
const mostCells = 1_000;

const countOf = ({ attribute, value, column }: Measure): string => {
  if (attribute === ALL) return `count(*) as ${column}`;
  if (isFlag(attribute)) return `count(*) filter (where ${column}) as ${column}`;
  const held = attribute === 'NUMBER_KIND' ? `coalesce(number_kind, '${NONE}')` : attribute.toLowerCase();
  return `count(*) filter (where ${held} = '${value}') as ${column}`;
};

const columns = MEASURES.map(({ column }) => column);
const arrayOf = (table: string): string =>
  `array[${columns.map((column) => `coalesce(${table}.${column}, 0)`).join(', ')}]::bigint[]`;

/** The pupils counted anew, as `counted`; $1 the statuses that count, $2 and $3 the range, $4 the widths of the blocks. */
const countedAnew = `
  school as (
    select place, stage, gender, entry_year_adj, last_grade, coalesce(frozen_at, '${NEVER}') as frozen_at,
           ${MEASURES.map(countOf).join(', ')}
    from pupil where status = any($1::text[]) and place between $2 and $3
    group by place, stage, gender, entry_year_adj, last_grade, frozen_at),
  counted as (
    select school.place - school.place % block.width as place, block.width, stage, gender, entry_year_adj,
           last_grade, frozen_at, ${columns.map((column) => `sum(school.${column}) as ${column}`).join(', ')}
    from school cross join unnest($4::bigint[]) as block (width)
    group by 1, 2, 3, 4, 5, 6, 7)`;

const statement = `
  with ${countedAnew},
  kept as (select * from stock_cell where place between $2 and $3)
  select place, width, stage, gender, entry_year_adj as "entryYearAdj", last_grade as "lastGrade",
         ${arrayOf('kept')} as kept, ${arrayOf('counted')} as counted
  from counted full join kept using (${keyColumns.join(', ')})
  where (kept.n is null or counted.n is null or ${arrayOf('kept')} <> ${arrayOf('counted')})
    and place >= $2 and place + width - 1 <= $3
  order by width, place limit ${mostCells}`;

type Row = Pick<CellDifference, 'stage' | 'gender' | 'entryYearAdj' | 'lastGrade'> & {
  place: string;
  width: string;
  kept: (string | number)[];
  counted: (string | number)[];
};

const differencesOf = ({ kept, counted, place, width, ...row }: Row): CellDifference[] =>
  MEASURES.map(({ attribute, value }, at) => ({
    ...row,
    place: Number(place),
    width: Number(width),
    attribute,
    value,
    kept: Number(kept[at]),
    counted: Number(counted[at]),
  })).filter((number, at) => number.kept !== number.counted || (at === 0 && number.kept === 0));

/**
 * Makes all cells of now anew from the pupils, in one transaction and at one go: for a nation whose pupils were loaded
 * without their events. How they changed day by day is not made by it.
 */
export const remakeCells = (orm: MikroORM): Promise<void> =>
  asWorker(orm, async (tx) => {
    await execute(tx, 'set local transaction_timeout = 0');
    await query(tx, 'select id from stock_turn where id = 1 for update');
    await execute(tx, 'delete from stock_cell');
    await execute(
      tx,
      `with ${countedAnew}
       insert into stock_cell (${keyColumns.join(', ')}, ${columns.join(', ')})
       select ${keyColumns.join(', ')}, ${columns.join(', ')} from counted`,
      [countedStatuses(), nation.lo, nation.hi, WIDTHS],
    );
  });

/**
 * Counts the pupils of a range anew, without the code that keeps the cells, and tells every number that differs in
 * blocks inside the range; empty when statistics are right. A cell that counts nobody is a difference too. At
 * most 1,000 cells, in one transaction: a large nation is recounted province by province.
 */
export const recount = (orm: MikroORM, range: PlaceRange = nation): Promise<CellDifference[]> =>
  asWorker(orm, async (tx) => {
    await execute(tx, 'set local transaction_timeout = 0');
    const rows = await query<Row>(tx, statement, [countedStatuses(), range.lo, range.hi, WIDTHS]);
    return rows.flatMap(differencesOf);
  });
