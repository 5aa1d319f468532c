import { gradeOn, type Promotion } from '#libs/law/enrollment/grade.ts';
import { ALL, type Attribute, type CountedBy, isFlag, SET, UNSET } from '../stock/attributes.ts';
import { rankOf } from './labels.ts';
import { type Dimension, isAttribute, type Question } from './question.ts';

/** Counts of one unit as they are kept: by entry year, not by grade. */
export type Count = {
  /** Code of the unit or school that is counted; the scope itself where units are not told apart. */
  unit: string;
  /** The attribute counted by, or the empty name for all. */
  attribute: CountedBy;
  value: string;
  stage: string;
  gender: string;
  entryYearAdj: number;
  lastGrade: number;
  frozenAt: string | null;
  n: number;
};

/** One row of a table: a value for each dimension, and how many. */
export type Row = { values: readonly string[]; n: number };

type GradeDay = { at: Date; promotions: readonly Promotion[] };

type Bucket = { values: readonly string[]; byValue: Map<string, number> };

const gradeOf = (count: Count, { at, promotions }: GradeDay): number =>
  gradeOn(
    {
      entryYearAdj: count.entryYearAdj,
      lastGrade: count.lastGrade,
      frozenAt: count.frozenAt === null ? null : new Date(count.frozenAt),
    },
    at,
    promotions,
  );

const plainValueOf = (dimension: Dimension, count: Count, grade: number): string => {
  if (dimension === 'UNIT') return count.unit;
  if (dimension === 'STAGE') return count.stage;
  if (dimension === 'GRADE') return String(grade);
  if (dimension === 'GENDER') return count.gender;
  return '';
};

const split = (
  attribute: Attribute | undefined,
  byValue: ReadonlyMap<string, number>,
): [string, number][] => {
  if (attribute === undefined || !isFlag(attribute)) return [...byValue];
  const set = byValue.get(SET) ?? 0;
  return [
    [SET, set],
    [UNSET, (byValue.get(ALL) ?? 0) - set],
  ];
};

/** The order of rows: units by code, the other values as their vocabulary has them. */
export const compareRows = (by: readonly Dimension[]) => (a: Row, b: Row) => {
  for (const [at, dimension] of by.entries()) {
    const [left = '', right = ''] = [a.values[at], b.values[at]];
    const order =
      dimension === 'UNIT'
        ? left.length - right.length || Number(left) - Number(right)
        : rankOf(dimension, left) - rankOf(dimension, right);
    if (order !== 0) return order;
  }
  return 0;
};

/**
 * The rows of a table: counts summed up by the dimensions asked for, grades worked out for the day. Rows without
 * pupils are left out; units come by code, the other values in the order of their vocabulary.
 */
export const groupCounts = (counts: readonly Count[], question: Question, day: GradeDay): Row[] => {
  const { by, attribute, filter } = question;
  const buckets = new Map<string, Bucket>();
  for (const count of counts) {
    const grade = gradeOf(count, day);
    if (filter.grade !== undefined && filter.grade !== grade) continue;
    const values = by.map((dimension) => plainValueOf(dimension, count, grade));
    const name = values.join('|');
    const bucket = buckets.get(name) ?? { values, byValue: new Map<string, number>() };
    buckets.set(name, bucket);
    bucket.byValue.set(count.value, (bucket.byValue.get(count.value) ?? 0) + count.n);
  }
  return [...buckets.values()]
    .flatMap(({ values, byValue }) =>
      split(attribute, byValue).map(([value, n]) => ({
        values: values.map((known, at) => (isAttribute(by[at] ?? 'UNIT') ? value : known)),
        n,
      })),
    )
    .filter((row) => row.n !== 0)
    .sort(compareRows(by));
};

/** Under which attributes counts must be read: a flag's rest comes out of the count of all. */
export const attributesToRead = (attribute: Attribute | undefined): CountedBy[] => {
  if (attribute === undefined) return [ALL];
  return isFlag(attribute) ? [attribute, ALL] : [attribute];
};
