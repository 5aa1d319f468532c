import type { MikroORM } from '@mikro-orm/postgresql';
import { query } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { NONE, SET } from './stock/attributes.ts';
import { type PlaceRange, WIDTHS } from './stock/blocks.ts';
import { keyColumns, NEVER } from './stock/cell-rows.ts';
import { countedStatuses } from './stock/pupil.ts';

/** A cell that does not hold what the pupils say. */
export type CellDifference = {
  place: number;
  width: number;
  attribute: string;
  value: string;
  stage: string;
  gender: string;
  entryYearAdj: number;
  lastGrade: number;
  /** What the cell holds. */
  kept: number;
  /** What the pupils make it. */
  counted: number;
};

const nation: PlaceRange = { lo: 0, hi: Math.max(...WIDTHS) - 1 };
const mostDifferences = 1_000;

const school = `
  select place, stage, gender, entry_year_adj, last_grade, coalesce(frozen_at, '${NEVER}') as frozen_at,
         attribute, value, count(*) as n
  from pupil cross join lateral (values
    ('', ''), ('STATUS', status), ('NUMBER_KIND', coalesce(number_kind, '${NONE}')),
    ('DOCUMENT_TYPE', document_type), ('ETHNIC_GROUP', ethnic_group),
    ('BOARDER', case when boarder then '${SET}' end), ('LEFT_BEHIND', case when left_behind then '${SET}' end),
    ('MIGRANT', case when migrant then '${SET}' end), ('DISABLED', case when disabled then '${SET}' end),
    ('RESIDENCE_PERMIT', case when residence_permit then '${SET}' end)) as marked (attribute, value)
  where status = any($1::text[]) and value is not null and place between $2 and $3
  group by place, stage, gender, entry_year_adj, last_grade, frozen_at, attribute, value`;

const statement = `
  with school as (${school}),
  counted as (
    select school.place - school.place % block.width as place, block.width, attribute, value, stage, gender,
           entry_year_adj, last_grade, frozen_at, sum(school.n) as n
    from school cross join unnest($4::bigint[]) as block (width)
    group by 1, 2, 3, 4, 5, 6, 7, 8, 9),
  kept as (select * from stock_cell where place between $2 and $3)
  select place, width, attribute, value, stage, gender, entry_year_adj as "entryYearAdj",
         last_grade as "lastGrade", coalesce(kept.n, 0) as kept, coalesce(counted.n, 0) as counted
  from counted full join kept using (${keyColumns.join(', ')})
  where kept.n is distinct from counted.n and place >= $2 and place + width - 1 <= $3
  order by width, place, attribute, value limit ${mostDifferences}`;

type Row = Omit<CellDifference, 'place' | 'width' | 'kept' | 'counted'> & {
  place: string;
  width: string;
  kept: string;
  counted: string;
};

/**
 * Counts the pupils of a range anew, without the code that keeps the cells, and tells every cell of a block inside
 * the range that differs; empty when statistics are right. At most 1,000 differences. In one transaction: a
 * large nation is recounted province by province.
 */
export const recount = (orm: MikroORM, range: PlaceRange = nation): Promise<CellDifference[]> =>
  asWorker(orm, async (tx) => {
    const rows = await query<Row>(tx, statement, [countedStatuses(), range.lo, range.hi, WIDTHS]);
    return rows.map((row) => ({
      ...row,
      place: Number(row.place),
      width: Number(row.width),
      kept: Number(row.kept),
      counted: Number(row.counted),
    }));
  });
