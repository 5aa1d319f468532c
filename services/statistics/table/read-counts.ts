import type { MikroORM } from '@mikro-orm/postgresql';
import type { Tx } from '#libs/platform/database/orm.ts';
import { query } from '#libs/platform/database/query.ts';
import { inScope } from '#libs/platform/database/scope.ts';
import type { PlaceRange } from '../stock/blocks.ts';
import { NEVER } from '../stock/cell-rows.ts';
import { attributesToRead, type Count } from './group.ts';
import type { Parts } from './parts.ts';
import type { Question } from './question.ts';

type Row = Omit<Count, 'frozenAt' | 'n'> & { frozenAt: Date | string | null; n: string };

const counted = `attribute, value, stage, gender, entry_year_adj as "entryYearAdj", last_grade as "lastGrade",
  nullif(frozen_at, '${NEVER}') as "frozenAt", sum(n) as n`;
const kept = `attribute = any($1::text[]) and ($2::text is null or stage = $2) and ($3::text is null or gender = $3)`;
const grouped = 'group by 1, 2, 3, 4, 5, 6, 7, frozen_at';

const ofUnits = `
  select part.unit, ${counted}
  from unnest($4::text[], $5::bigint[], $6::bigint[]) as part (unit, place, width)
  join stock_cell using (place, width)
  where ${kept} ${grouped}`;

/** A school that is not known here yet is listed under its place, so that rows and total agree. */
const ofSchools = `
  select coalesce((select min(code) from school_ref where school_ref.place = cell.place), cell.place::text) as unit,
         ${counted}
  from unnest($4::bigint[], $5::bigint[]) as range (lo, hi)
  join stock_cell cell on cell.place between range.lo and range.hi and cell.width = 1
  where ${kept} ${grouped}`;

const readAll = async (tx: Tx, parts: Parts, conditions: readonly unknown[]): Promise<Row[]> => {
  const blocks = parts.units.flatMap(({ unit, blocks: own }) => own.map((block) => ({ unit, ...block })));
  const units = await query<Row>(tx, ofUnits, [
    ...conditions,
    blocks.map((block) => block.unit),
    blocks.map((block) => block.place),
    blocks.map((block) => block.width),
  ]);
  const schools = await query<Row>(tx, ofSchools, [
    ...conditions,
    parts.schoolsIn.map((range) => range.lo),
    parts.schoolsIn.map((range) => range.hi),
  ]);
  return [...units, ...schools];
};

/** Reads the counts of the parts within the reader's range: the database yields nothing beyond it. */
export const readCounts = (
  orm: MikroORM,
  own: PlaceRange,
  parts: Parts,
  { attribute, filter }: Pick<Question, 'attribute' | 'filter'>,
): Promise<Count[]> =>
  inScope(orm, { ...own, persons: [] }, async (tx) => {
    const conditions = [attributesToRead(attribute), filter.stage ?? null, filter.gender ?? null];
    const rows = await readAll(tx, parts, conditions);
    return rows.map((row) => ({
      ...row,
      n: Number(row.n),
      frozenAt: row.frozenAt === null ? null : new Date(row.frozenAt).toISOString(),
    }));
  });
