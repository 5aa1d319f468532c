import type { MikroORM } from '@mikro-orm/postgresql';
import type { Tx } from '#libs/platform/database/orm.ts';
import { query } from '#libs/platform/database/query.ts';
import { inScope } from '#libs/platform/database/scope.ts';
import { MEASURES, type Measure } from '../stock/attributes.ts';
import type { PlaceRange } from '../stock/blocks.ts';
import { NEVER } from '../stock/cell-rows.ts';
import { attributesToRead, type Count } from './group.ts';
import type { Parts } from './parts.ts';
import type { Question } from './question.ts';

type Row = Omit<Count, 'attribute' | 'value' | 'n' | 'frozenAt'> & {
  frozenAt: Date | string | null;
  counts: (string | number)[];
};

const group = `stage, gender, entry_year_adj as "entryYearAdj", last_grade as "lastGrade",
  nullif(frozen_at, '${NEVER}') as "frozenAt"`;
const kept = '($1::text is null or stage = $1) and ($2::text is null or gender = $2)';
const grouped = 'group by 1, 2, 3, 4, 5, frozen_at';

const sumsOf = (measures: readonly Measure[]): string =>
  `array[${measures.map(({ column }) => `sum(${column})`).join(', ')}]::bigint[] as counts`;

const ofUnits = (sums: string): string => `
  select part.unit, ${group}, ${sums}
  from unnest($3::text[], $4::bigint[], $5::bigint[]) as part (unit, place, width)
  join stock_cell using (place, width)
  where ${kept} ${grouped}`;

/** A school that is not known here yet is listed under its place, so that rows and total agree. */
const ofSchools = (sums: string): string => `
  select coalesce((select min(code) from school_ref where school_ref.place = cell.place), cell.place::text) as unit,
         ${group}, ${sums}
  from unnest($3::bigint[], $4::bigint[]) as range (lo, hi)
  join stock_cell cell on cell.place between range.lo and range.hi and cell.width = 1
  where ${kept} ${grouped}`;

const readAll = async (
  tx: Tx,
  parts: Parts,
  sums: string,
  conditions: readonly unknown[],
): Promise<Row[]> => {
  const blocks = parts.units.flatMap(({ unit, blocks: own }) => own.map((block) => ({ unit, ...block })));
  const units = await query<Row>(tx, ofUnits(sums), [
    ...conditions,
    blocks.map((block) => block.unit),
    blocks.map((block) => block.place),
    blocks.map((block) => block.width),
  ]);
  const schools = await query<Row>(tx, ofSchools(sums), [
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
    const wanted = attributesToRead(attribute);
    const measures = MEASURES.filter((measure) => wanted.includes(measure.attribute));
    const rows = await readAll(tx, parts, sumsOf(measures), [filter.stage ?? null, filter.gender ?? null]);
    return rows.flatMap(({ counts, frozenAt, ...row }) =>
      measures.map((measure, at) => ({
        ...row,
        frozenAt: frozenAt === null ? null : new Date(frozenAt).toISOString(),
        attribute: measure.attribute,
        value: measure.value,
        n: Number(counts[at]),
      })),
    );
  });
