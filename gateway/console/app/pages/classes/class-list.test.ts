import { gradeIn, gradesOf, sortedClasses } from './class-list.ts';

const stages = [
  { stage: 'PRIMARY', firstYear: 1, lastYear: 6 },
  { stage: 'JUNIOR', firstYear: 7, lastYear: 9 },
];
const classOf = (stage: string, grade: number, name: string) => ({ stage, grade, name });

test('a school has the grades of the stages that it teaches, and none of the others', () =>
  expect(['PRIMARY', 'JUNIOR', 'SENIOR'].map((stage) => gradesOf(stages, stage))).toEqual([6, 3, 0]));

test('classes stand by stage, grade and name; the tenth comes after the second', () => {
  const classes = [
    classOf('JUNIOR', 1, '1班'),
    classOf('PRIMARY', 2, '1班'),
    classOf('PRIMARY', 1, '10班'),
    classOf('PRIMARY', 1, '2班'),
  ];
  const { running } = sortedClasses(classes, stages);
  expect(running.map(({ stage, grade, name }) => [stage, grade, name])).toEqual([
    ['PRIMARY', 1, '2班'],
    ['PRIMARY', 1, '10班'],
    ['PRIMARY', 2, '1班'],
    ['JUNIOR', 1, '1班'],
  ]);
});

test('a class is of a former cohort from the grade after the last on', () => {
  const last = classOf('PRIMARY', 6, '1班');
  const gone = classOf('PRIMARY', 7, '1班');
  expect(sortedClasses([gone, last], stages)).toEqual({ running: [last], former: [gone] });
});

test('of an address a grade is taken that the school has, and no other', () => {
  const asked = ['stage=JUNIOR&grade=3', 'stage=JUNIOR&grade=4', 'stage=SENIOR&grade=1', 'stage=PRIMARY', ''];
  expect(asked.map((search) => gradeIn(new URLSearchParams(search), stages))).toEqual([
    { stage: 'JUNIOR', grade: 3 },
    ...[undefined, undefined, undefined, undefined],
  ]);
});
