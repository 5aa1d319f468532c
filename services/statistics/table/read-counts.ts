import type { MikroORM } from '@mikro-orm/postgresql';
import type { Tx } from '#libs/platform/database/orm.ts';
import { query } from '#libs/platform/database/query.ts';
import { inScope } from '#libs/platform/database/scope.ts';
import { MEASURES, type Measure } from '../stock/attributes.ts';
import type { PlaceRange } from '../stock/blocks.ts';
import { NEVER } from '../stock/cell-rows.ts';
import { type Days, daysUpTo } from '../stock/days-up-to.ts';
import { attributesToRead, type Count } from './group.ts';
import type { Parts } from './parts.ts';
import type { Question } from './question.ts';
import { IN_RANGE, singlesOf } from './singles-in.ts';

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

/** Cells now, or at the end of a day: those of the month before it with what changed since. */
const cellsWhere = (measures: readonly Measure[], days: Days | undefined, where: string): string => {
  if (days === undefined) return `select * from stock_cell where ${where}`;
  const columns = `place, width, stage, gender, entry_year_adj, last_grade, frozen_at,
    ${measures.map(({ column }) => column).join(', ')}`;
  return `
    select ${columns} from stock_month where month = $3::date and ${where}
    union all
    select ${columns} from stock_day where day = any($4::date[]) and ${where}`;
};

const ofUnits = (cells: string, sums: string, first: number): string => `
  select part.unit, ${group}, ${sums}
  from unnest($${first}::text[], $${first + 1}::bigint[], $${first + 2}::bigint[]) as part (unit, place, width)
  cross join lateral (${cells}) as cell
  where ${kept} ${grouped}`;

/** A school that is not known here yet is listed under its place, so that rows and total agree. */
const ofSchools = (cells: string, sums: string, first: number): string => `
  select coalesce((select min(code) from school_ref where school_ref.place = cell.place), cell.place::text) as unit,
         ${group}, ${sums}
  from ${singlesOf(cells, first)}
  where ${kept} ${grouped}`;

const readAll = async (
  tx: Tx,
  parts: Parts,
  measures: readonly Measure[],
  filter: Question['filter'],
  days: Days | undefined,
): Promise<Row[]> => {
  const sums = sumsOf(measures);
  const asked = [filter.stage ?? null, filter.gender ?? null, ...(days ? [days.month, days.days] : [])];
  const first = asked.length + 1;
  const blocks = parts.units.flatMap(({ unit, blocks: own }) => own.map((block) => ({ unit, ...block })));
  const inPart = cellsWhere(measures, days, 'place = part.place and width = part.width');
  const units = await query<Row>(tx, ofUnits(inPart, sums, first), [
    ...asked,
    blocks.map((block) => block.unit),
    blocks.map((block) => block.place),
    blocks.map((block) => block.width),
  ]);
  if (parts.schoolsIn.length === 0) return units;
  const inRange = cellsWhere(measures, days, IN_RANGE);
  const schools = await query<Row>(tx, ofSchools(inRange, sums, first), [
    ...asked,
    parts.schoolsIn.map((range) => range.lo),
    parts.schoolsIn.map((range) => range.hi),
  ]);
  return [...units, ...schools];
};

/**
 * Reads the counts of the parts within the reader's range, now or at the end of a day: the database yields nothing
 * beyond it.
 */
export const readCounts = (
  orm: MikroORM,
  own: PlaceRange,
  parts: Parts,
  { attribute, filter, day }: Pick<Question, 'attribute' | 'filter' | 'day'>,
): Promise<Count[]> =>
  inScope(orm, { ...own, persons: [] }, async (tx) => {
    const wanted = attributesToRead(attribute);
    const measures = MEASURES.filter((measure) => wanted.includes(measure.attribute));
    const days = day === undefined ? undefined : await daysUpTo(tx, day);
    const rows = await readAll(tx, parts, measures, filter, days);
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
