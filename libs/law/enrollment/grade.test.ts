import fc from 'fast-check';
import { breaks, holds } from '#test/support/rules.ts';
import { ELSEWHERE } from '../testing/places.ts';
import {
  entryYearFor,
  entryYearsOfGrade,
  gradeOn,
  judgeGradeChange,
  lastGradeOf,
  promotionAt,
  schoolYearOn,
} from './grade.ts';

const pupil = { entryYearAdj: 2024, lastGrade: 6 };

describe('the grade of a pupil', () => {
  it(holds('ENR-28', 'the whole country moves up at 10 August 24:00, without a row being written'), () => {
    expect(gradeOn(pupil, new Date('2026-08-10T23:59:59.999+08:00'))).toBe(2);
    expect(gradeOn(pupil, new Date('2026-08-11T00:00:00+08:00'))).toBe(3);
    expect(gradeOn(pupil, '2026-08-10')).toBe(2);
    expect(gradeOn(pupil, '2026-08-11')).toBe(3);
    expect(judgeGradeChange({ ground: 'RESUMPTION' }, '2026-09-01', ELSEWHERE)).toEqual([]);
  });

  it(breaks('ENR-28', 'nobody promotes by hand'), () => {
    expect(judgeGradeChange({}, '2026-08-11', ELSEWHERE)).toMatchObject([
      { code: 'PROMOTION_IS_CENTRAL', outcome: 'REJECT' },
    ]);
  });

  it('follows the dated fact of a promotion where one was entered', () => {
    const promotions = [{ schoolYear: 2026, at: new Date('2026-08-21T00:00:00+08:00') }];
    expect(gradeOn(pupil, '2026-08-20', promotions)).toBe(2);
    expect(gradeOn(pupil, '2026-08-21', promotions)).toBe(3);
    expect(promotionAt(2027, promotions).toISOString()).toBe('2027-08-10T16:00:00.000Z');
  });

  it('stops at the graduating grade and begins at one', () => {
    expect(gradeOn(pupil, '2035-01-01')).toBe(6);
    expect(gradeOn({ entryYearAdj: 2026, lastGrade: 6 }, '2026-07-01')).toBe(1);
  });

  it('stands still while the pupil is frozen, and a freeze to come changes nothing yet', () => {
    const frozen = { ...pupil, frozenAt: new Date('2026-05-01T00:00:00+08:00') };
    expect(gradeOn(frozen, '2026-09-01')).toBe(2);
    expect(gradeOn(frozen, '2025-09-01')).toBe(2);
    expect(gradeOn(frozen, '2025-05-01')).toBe(1);
    expect(gradeOn({ ...pupil, frozenAt: null }, '2026-09-01')).toBe(3);
  });

  it('is put where it belongs by the entry year of that grade', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 2014, max: 2060 }),
        (grade, schoolYear) => {
          const entryYearAdj = entryYearFor(grade, schoolYear);
          expect(gradeOn({ entryYearAdj, lastGrade: 6 }, `${schoolYear}-09-01`)).toBe(grade);
        },
      ),
    );
  });

  it('is selected by a range of entry years that agrees with the grade of every pupil', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 6 }),
        fc.constantFrom(3, 4, 5, 6),
        fc.integer({ min: 2010, max: 2040 }),
        (grade, lastGrade, entryYearAdj) => {
          fc.pre(grade <= lastGrade);
          const { from = -Infinity, to = Infinity } = entryYearsOfGrade(grade, lastGrade, 2026);
          const selected = from <= entryYearAdj && entryYearAdj <= to;
          expect(selected).toBe(gradeOn({ entryYearAdj, lastGrade }, '2026-09-01') === grade);
        },
      ),
    );
  });

  it('belongs to the school year that runs', () => {
    expect(schoolYearOn('2026-08-10')).toBe(2025);
    expect(schoolYearOn('2026-08-11')).toBe(2026);
    expect(schoolYearOn('2027-01-01')).toBe(2026);
  });

  it('ends where the school system says', () => {
    expect([lastGradeOf('PRIMARY', 'S63'), lastGradeOf('JUNIOR', 'S63')]).toEqual([6, 3]);
    expect([lastGradeOf('PRIMARY', 'S54'), lastGradeOf('JUNIOR', 'S54')]).toEqual([5, 4]);
    expect(lastGradeOf('SENIOR', 'OTHER')).toBe(3);
  });
});
