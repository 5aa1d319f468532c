import fc from 'fast-check';
import { breaks, holds } from '#test/support/rules.ts';
import { BEIGUAN, ELSEWHERE, SHANXI } from '../testing/places.ts';
import { compulsoryYearOf, judgeGradeMatch, type LocalGrade, localGradeOf } from './compulsory-year.ts';
import { lastGradeOf } from './grade.ts';

const ON = '2026-09-01';
const SYSTEMS = ['S63', 'S54', 'NINE_YEAR', 'TWELVE_YEAR'] as const;
const grade = (stage: LocalGrade['stage'], n: number, system: LocalGrade['system']): LocalGrade => ({
  stage,
  grade: n,
  system,
});

describe('the years of compulsory education', () => {
  it('are counted across primary and junior', () => {
    expect(compulsoryYearOf('PRIMARY', 6, 'S63')).toBe(6);
    expect(compulsoryYearOf('JUNIOR', 1, 'S63')).toBe(7);
    expect(compulsoryYearOf('PRIMARY', 5, 'S54')).toBe(5);
    expect(compulsoryYearOf('JUNIOR', 1, 'S54')).toBe(6);
    expect(compulsoryYearOf('JUNIOR', 4, 'S54')).toBe(9);
    expect(compulsoryYearOf('PRIMARY', 6, 'NINE_YEAR')).toBe(6);
    expect(compulsoryYearOf('JUNIOR', 6, 'NINE_YEAR')).toBe(6);
    expect(compulsoryYearOf('JUNIOR', 9, 'TWELVE_YEAR')).toBe(9);
  });

  it('have no year for what a system does not have', () => {
    const none: [LocalGrade['stage'], number, LocalGrade['system']][] = [
      ['PRIMARY', 7, 'S63'],
      ['PRIMARY', 6, 'S54'],
      ['JUNIOR', 4, 'S63'],
      ['JUNIOR', 5, 'S54'],
      ['PRIMARY', 0, 'S63'],
      ['PRIMARY', 1.5, 'S63'],
      ['PRIMARY', 7, 'NINE_YEAR'],
      ['JUNIOR', 5, 'NINE_YEAR'],
      ['JUNIOR', 10, 'TWELVE_YEAR'],
      ['SENIOR', 1, 'S63'],
      ['SENIOR', 10, 'TWELVE_YEAR'],
      ['PRESCHOOL', 1, 'S63'],
    ];
    for (const args of none) expect(compulsoryYearOf(...args)).toBeUndefined();
    for (const year of [0, 10, 2.5]) expect(localGradeOf(year, 'S63')).toBeUndefined();
  });

  it('are the inverse of the local grade in every system', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.constantFrom(...SYSTEMS), (year, system) => {
        const local = localGradeOf(year, system);
        expect(local && compulsoryYearOf(local.stage, local.grade, system)).toBe(year);
      }),
    );
    fc.assert(
      fc.property(
        fc.constantFrom('PRIMARY' as const, 'JUNIOR' as const),
        fc.integer({ min: 1, max: 6 }),
        fc.constantFrom('S63' as const, 'S54' as const),
        (stage, n, system) => {
          const year = compulsoryYearOf(stage, n, system);
          expect(year !== undefined).toBe(n <= lastGradeOf(stage, system));
          if (year !== undefined) expect(localGradeOf(year, system)).toEqual({ stage, grade: n });
        },
      ),
    );
  });

  it('rise with the grade', () => {
    for (const system of SYSTEMS) {
      const years = Array.from({ length: 9 }, (_, nth) => localGradeOf(nth + 1, system));
      const order = years.map((local) => (local?.stage === 'JUNIOR' ? 100 : 0) + (local?.grade ?? 0));
      expect(order).toEqual(order.toSorted((a, b) => a - b));
      expect(new Set(order).size).toBe(9);
    }
  });
});

describe('the match of grades', () => {
  it(holds('ENR-69', 'the sixth primary grade of six-three is the first junior grade of five-four'), () => {
    for (const place of [SHANXI, BEIGUAN, ELSEWHERE]) {
      const match = { from: grade('PRIMARY', 6, 'S63'), to: grade('JUNIOR', 1, 'S54') };
      expect(judgeGradeMatch(match, ON, place)).toEqual([]);
      expect(judgeGradeMatch({ from: match.to, to: grade('PRIMARY', 6, 'NINE_YEAR') }, ON, place)).toEqual(
        [],
      );
    }
    const seniors = { from: grade('SENIOR', 1, 'S63'), to: grade('SENIOR', 2, 'S63') };
    expect(judgeGradeMatch(seniors, ON, SHANXI)).toEqual([]);
  });

  it(breaks('ENR-69', 'any other grade is refused GRADE_MISMATCH, and the fitting one is named'), () => {
    for (const place of [SHANXI, BEIGUAN, ELSEWHERE]) {
      const wrong = { from: grade('PRIMARY', 6, 'S63'), to: grade('JUNIOR', 2, 'S54') };
      expect(judgeGradeMatch(wrong, ON, place)).toMatchObject([
        {
          ruleId: 'ENR-69',
          outcome: 'REJECT',
          code: 'GRADE_MISMATCH',
          remedy: expect.stringContaining('初中1年级'),
        },
      ]);
    }
    const impossible = { from: grade('PRIMARY', 7, 'S63'), to: grade('JUNIOR', 1, 'S63') };
    expect(judgeGradeMatch(impossible, ON, SHANXI)).toHaveLength(1);
    const crossing = { from: grade('JUNIOR', 3, 'S63'), to: grade('SENIOR', 1, 'S63') };
    expect(judgeGradeMatch(crossing, ON, SHANXI)).toHaveLength(1);
    expect(
      judgeGradeMatch({ from: grade('PRIMARY', 3, 'S63'), to: grade('PRIMARY', 2, 'S63') }, ON, SHANXI)[0]
        ?.remedy,
    ).toContain('小学3年级');
  });
});
