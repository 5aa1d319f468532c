import fc from 'fast-check';
import { gradeOn } from '#libs/law/enrollment/grade.ts';
import { breaks, holds } from '#test/support/rules.ts';
import {
  hasGrade,
  judgeYearsTaught,
  type Position,
  positionIn,
  type TaughtYears,
  yearOf,
} from './succession.ts';

const sixThree: TaughtYears[] = [
  { stage: 'PRIMARY', firstYear: 1, lastYear: 6 },
  { stage: 'JUNIOR', firstYear: 7, lastYear: 9 },
];
const fiveFour: TaughtYears[] = [
  { stage: 'PRIMARY', firstYear: 1, lastYear: 5 },
  { stage: 'JUNIOR', firstYear: 6, lastYear: 9 },
];
const twelve: TaughtYears[] = [...sixThree, { stage: 'SENIOR', firstYear: 10, lastYear: 12 }];
const shanxi = { province: '140000', city: '140100', county: '140105' };
const autumn = new Date('2026-09-15T09:00:00+08:00');

const seat = (
  stage: Position['stage'],
  grade: number,
  lastGrade: number,
  more: Partial<Position> = {},
): Position => ({
  stage,
  entryYearAdj: 2026 - grade + 1,
  lastGrade,
  frozenAt: null,
  ...more,
});
const moved = (position: Position, from: TaughtYears[], to: TaughtYears[], on = autumn) =>
  positionIn(position, { from, to }, on, []);

describe('a pupil who goes on in another school', () => {
  test(holds('ENR-69', 'of the same system keeps stage and grade'), () => {
    const fourth = seat('PRIMARY', 4, 6);
    expect(moved(fourth, sixThree, sixThree)).toEqual(fourth);
    expect(moved(seat('JUNIOR', 2, 3), [sixThree[1] as TaughtYears], twelve)).toEqual(seat('JUNIOR', 2, 3));
    expect(moved(seat('SENIOR', 1, 3), twelve, twelve)).toEqual(seat('SENIOR', 1, 3));
    expect(moved(seat('PRIMARY', 8, 6), sixThree, twelve)).toEqual(seat('PRIMARY', 8, 6));
  });

  test(
    holds('ENR-69', 'is in the sixth year by 5-4 in junior grade one, by 6-3 in primary grade six'),
    () => {
      expect(moved(seat('JUNIOR', 1, 4), fiveFour, sixThree)).toEqual(seat('PRIMARY', 6, 6));
      expect(moved(seat('PRIMARY', 6, 6), sixThree, fiveFour)).toEqual(seat('JUNIOR', 1, 4));
      expect(moved(seat('JUNIOR', 2, 4), fiveFour, sixThree)).toEqual(seat('JUNIOR', 1, 3));
      expect(moved(seat('PRIMARY', 5, 5), fiveFour, sixThree)).toEqual(seat('PRIMARY', 5, 6));
    },
  );

  test(breaks('ENR-69', 'has no place where the year is not taught'), () => {
    const juniorOnly = [sixThree[1] as TaughtYears];
    expect(moved(seat('JUNIOR', 1, 4), [fiveFour[1] as TaughtYears], juniorOnly)).toBeUndefined();
    expect(moved(seat('SENIOR', 1, 3), twelve, sixThree)).toBeUndefined();
  });

  test('who is past the last grade stays in it, though the stage is a year longer there', () => {
    const late = seat('PRIMARY', 7, 5);
    expect(gradeOn(late, autumn)).toBe(5);
    const there = moved(late, fiveFour, sixThree);
    expect(there && gradeOn(there, autumn)).toBe(5);
  });

  test('who is registered for the coming autumn begins there as well', () => {
    const coming = seat('PRIMARY', 0, 6);
    expect(moved(coming, sixThree, fiveFour)).toEqual({ ...coming, lastGrade: 5 });
  });

  test('who is suspended keeps the year in which the grade stood still', () => {
    const frozen = seat('PRIMARY', 6, 6, { frozenAt: new Date('2026-03-01T00:00:00+08:00') });
    const there = moved(frozen, sixThree, fiveFour);
    expect(there && [there.stage, gradeOn(there, autumn)]).toEqual(['PRIMARY', 5]);
  });

  test('keeps the year of schooling whatever the systems, now and in every later year', () => {
    const systems = [sixThree, fiveFour, twelve];
    fc.assert(
      fc.property(
        fc.constantFrom(...systems),
        fc.constantFrom(...systems),
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 0, max: 8 }),
        (from, to, year, later) => {
          const span = from.find((each) => each.firstYear <= year && year <= each.lastYear) as TaughtYears;
          const there = moved(
            seat(span.stage, year - span.firstYear + 1, span.lastYear - span.firstYear + 1),
            from,
            to,
          ) as Position;
          const on = new Date(`${2026 + later}-09-15T09:00:00+08:00`);
          const last = to.find(({ stage }) => stage === there.stage)?.lastYear ?? 0;
          expect(yearOf(there, to, on, [])).toBe(Math.min(last, year + later));
        },
      ),
    );
  });

  test('those who sit in a grade or may come back to one need the year, graduates do not', () => {
    expect((['IN_SCHOOL', 'SUSPENDED', 'LEFT_OTHER'] as const).map(hasGrade)).toEqual([true, true, true]);
    expect((['GRADUATED', 'WITHDRAWN', 'REFUSED'] as const).map(hasGrade)).toEqual([false, false, false]);
  });
});

describe('the years in which pupils sit', () => {
  const seated = [
    { school: '2114000001', year: 5, pupils: 40 },
    { school: '2114000001', year: 6, pupils: 3 },
  ];

  test(holds('ENR-69', 'are all taught by the school that goes on'), () => {
    expect(judgeYearsTaught(seated, sixThree, '2026-09-01', shanxi)).toEqual([]);
  });

  test(breaks('ENR-69', 'are named with their pupils where they would be taught no more'), () => {
    const short = [{ stage: 'PRIMARY', firstYear: 1, lastYear: 5 }] as const;
    expect(judgeYearsTaught(seated, short, '2026-09-01', shanxi)).toMatchObject([
      {
        ruleId: 'ENR-69',
        outcome: 'REJECT',
        code: 'GRADE_MISMATCH',
        message: expect.stringContaining('3名学生'),
      },
    ]);
  });
});
