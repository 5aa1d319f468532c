import { gradeOn, type Promotion } from '#libs/law/enrollment/grade.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { query } from '#libs/platform/database/query.ts';
import { FLAGS, NONE } from '../stock/attributes.ts';
import { countedStatuses } from '../stock/pupil.ts';
import type { Dimension } from '../table/question.ts';
import type { Group, Job } from './job-rows.ts';

/** A unit one level below the scope of a question, by which its pupils are told apart. */
export type Below = { code: string; lo: number; hi: number };

/** Pupils of one slice; more sit at its last place at most. */
export const SLICE = 20_000;

const flags: ReadonlySet<string> = new Set(FLAGS);

const sqlOf = (dimension: Dimension): string => {
  if (dimension === 'UNIT') return 'coalesce(below.code, school_ref.code, pupil.place::text)';
  if (dimension === 'GRADE') return `''`;
  if (dimension === 'NUMBER_KIND') return `coalesce(number_kind, '${NONE}')`;
  return flags.has(dimension) ? `${dimension.toLowerCase()}::text` : dimension.toLowerCase();
};

const counted = `pupil.status = any($3::text[]) and ($4::text is null or pupil.stage = $4)
  and ($5::text is null or pupil.gender = $5)`;

const countStatement = (by: readonly Dimension[]): string => `
  select array[${by.map(sqlOf).join(', ')}]::text[] as values, entry_year_adj as "entryYearAdj",
         last_grade as "lastGrade", frozen_at as "frozenAt", count(*)::int as n
  from pupil
  left join unnest($6::text[], $7::bigint[], $8::bigint[]) as below (code, lo, hi)
    on pupil.place between below.lo and below.hi
  left join school_ref on below.code is null and school_ref.place = pupil.place
  where pupil.place between $1 and $2 and ${counted}
  group by 1, 2, 3, 4`;

type Row = {
  values: string[];
  entryYearAdj: number;
  lastGrade: number;
  frozenAt: Date | null;
  n: number;
};

/** The last place of the slice that begins after one; undefined when nothing is left. */
export const sliceEnd = async (
  tx: Tx,
  { lo, hi, after }: Pick<Job, 'lo' | 'hi' | 'after'>,
  size: number,
): Promise<number | undefined> => {
  const first = after === null ? lo : after + 1;
  if (first > hi) return undefined;
  const [row] = await query<{ place: string | null }>(
    tx,
    `select max(place) as place from (select place from pupil where place between $1 and $2 order by place limit $3) slice`,
    [first, hi, size],
  );
  return row?.place == null ? undefined : Number(row.place);
};

/** About how many pupils a question is of. */
export const pupilsIn = async (tx: Tx, { lo, hi }: Pick<Job, 'lo' | 'hi'>): Promise<number> => {
  const [row] = await query<{ n: number }>(
    tx,
    'select count(*)::int as n from pupil where place between $1 and $2 and status = any($3::text[])',
    [lo, hi, countedStatuses()],
  );
  return row?.n ?? 0;
};

/** What the kept counts say of the question as a whole, grades apart. */
export const keptTotal = async (
  tx: Tx,
  { lo, hi, filter }: Pick<Job, 'lo' | 'hi' | 'filter'>,
): Promise<number> => {
  const [row] = await query<{ n: number | null }>(
    tx,
    `select sum(n)::int as n from stock_cell where width = 1 and place between $1 and $2
       and ($3::text is null or stage = $3) and ($4::text is null or gender = $4)`,
    [lo, hi, filter.stage ?? null, filter.gender ?? null],
  );
  return row?.n ?? 0;
};

/** Counts the pupils between two places, and adds them to the groups so far. */
export const countSlice = async (
  tx: Tx,
  { by, filter, groups }: Pick<Job, 'by' | 'filter' | 'groups'>,
  { from, to }: { from: number; to: number },
  below: readonly Below[],
  day: { at: Date; promotions: readonly Promotion[] },
): Promise<{ groups: Group[]; counted: number }> => {
  const rows = await query<Row>(tx, countStatement(by), [
    ...[from, to, countedStatuses(), filter.stage ?? null, filter.gender ?? null],
    ...[below.map(({ code }) => code), below.map(({ lo }) => lo), below.map(({ hi }) => hi)],
  ]);
  const sums = new Map(groups.map(([values, n]) => [values.join('|'), { values, n }]));
  for (const { values, n, frozenAt, ...position } of rows) {
    const grade = gradeOn({ ...position, frozenAt }, day.at, day.promotions);
    if (filter.grade !== undefined && filter.grade !== grade) continue;
    const own = by.map((dimension, at) => (dimension === 'GRADE' ? String(grade) : (values[at] ?? '')));
    const name = own.join('|');
    sums.set(name, { values: own, n: (sums.get(name)?.n ?? 0) + n });
  }
  return {
    groups: [...sums.values()].map(({ values, n }) => [values, n] as const),
    counted: rows.reduce((sum, { n }) => sum + n, 0),
  };
};
