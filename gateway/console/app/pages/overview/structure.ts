import type { PupilsQuery } from './generated/pupils.ts';

type Table = NonNullable<PupilsQuery['structure']>;

/** Pupils of one grade of a stage. */
export type GradeRow = { stage: string; grade: number; boys: number; girls: number };

const stages = ['PRESCHOOL', 'PRIMARY', 'JUNIOR', 'SENIOR'];

/** Counts by stage, grade and gender as one row a grade, in the order of schooling. */
export const gradeRows = ({ rows }: Table): GradeRow[] => {
  const found = new Map<string, GradeRow>();
  for (const { keys, count } of rows) {
    const codeIn = (dimension: string): string =>
      keys.find((key) => key.dimension === dimension)?.value ?? '';
    const [stage, grade] = [codeIn('STAGE'), Number(codeIn('GRADE'))];
    const row = found.get(`${stage} ${grade}`) ?? { stage, grade, boys: 0, girls: 0 };
    if (codeIn('GENDER') === 'MALE') row.boys += count ?? 0;
    else row.girls += count ?? 0;
    found.set(`${stage} ${grade}`, row);
  }
  return [...found.values()].toSorted(
    (one, other) => stages.indexOf(one.stage) - stages.indexOf(other.stage) || one.grade - other.grade,
  );
};
