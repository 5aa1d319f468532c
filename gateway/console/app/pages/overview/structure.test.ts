import type { PupilsQuery } from './generated/pupils.ts';
import { gradeRows } from './structure.ts';

type Structure = NonNullable<PupilsQuery['structure']>;

const table = (
  ...rows: [stage: string, grade: string, gender: string, count: number | null][]
): Structure => ({
  __typename: 'StatisticsTable',
  scope: '140000',
  asOf: '2026-11-23T10:00:00+08:00',
  total: null,
  rows: rows.map(([stage, grade, gender, count]) => ({
    __typename: 'StatisticsRow',
    keys: [
      { __typename: 'StatisticsKey', dimension: 'STAGE', value: stage },
      { __typename: 'StatisticsKey', dimension: 'GRADE', value: grade },
      { __typename: 'StatisticsKey', dimension: 'GENDER', value: gender },
    ],
    count,
    display: String(count),
  })),
});

test('grades stand in the order of schooling, boys and girls of a grade in one row', () => {
  const rows = gradeRows(
    table(
      ['SENIOR', '1', 'MALE', 4],
      ['PRIMARY', '2', 'FEMALE', 3],
      ['PRIMARY', '1', 'MALE', 1],
      ['PRIMARY', '1', 'FEMALE', 2],
    ),
  );
  expect(rows).toEqual([
    { stage: 'PRIMARY', grade: 1, boys: 1, girls: 2 },
    { stage: 'PRIMARY', grade: 2, boys: 0, girls: 3 },
    { stage: 'SENIOR', grade: 1, boys: 4, girls: 0 },
  ]);
});

test('nobody is lost: the rows hold what the table holds', () => {
  const counted = table(
    ['JUNIOR', '1', 'MALE', 7],
    ['JUNIOR', '3', 'FEMALE', 9],
    ['PRIMARY', '6', 'MALE', 11],
  );
  const sum = gradeRows(counted).reduce((all, { boys, girls }) => all + boys + girls, 0);
  expect(sum).toBe(27);
});
