import fc from 'fast-check';
import { breaks, holds } from '#test/support/rules.ts';
import { addDays, startOfDay } from '../dates.ts';
import { entryYearFor, gradeOn, schoolYearOn } from './grade.ts';
import { gradeOnCompletion, staysOutOfPromotion } from './promotion.ts';

describe('the nationwide promotion', () => {
  it(holds('ENR-28', 'takes all pupils but the suspended and those assessed to stay'), () => {
    expect(staysOutOfPromotion({ status: 'IN_SCHOOL', assessedToStay: false })).toBe(false);
    expect(staysOutOfPromotion({ status: 'SUSPENDED', assessedToStay: false })).toBe(true);
    expect(staysOutOfPromotion({ status: 'IN_SCHOOL', assessedToStay: true })).toBe(true);
  });
});

describe('a case that runs through the promotion', () => {
  const startedAt = new Date('2026-07-01T09:00:00+08:00');
  const ending = (completedAt: string, grade = 3) =>
    gradeOnCompletion({ grade, lastGrade: 6, startedAt, completedAt: new Date(completedAt) });

  it(holds('ENR-29', 'ends in the same grade before it and one higher after it'), () => {
    expect(ending('2026-08-10T23:59:59.999+08:00')).toBe(3);
    expect(ending('2026-08-11T00:00:00+08:00')).toBe(4);
    expect(ending('2027-08-11T00:00:00+08:00')).toBe(5);
  });

  it(breaks('ENR-29', 'never ends beyond the graduating grade, nor below where it began'), () => {
    expect(ending('2026-08-11T00:00:00+08:00', 6)).toBe(6);
    expect(ending('2026-06-01T00:00:00+08:00')).toBe(3);
  });

  it('follows the dated fact of a promotion', () => {
    const promotions = [{ schoolYear: 2026, at: new Date('2026-08-21T00:00:00+08:00') }];
    const facts = { grade: 3, lastGrade: 6, startedAt };
    const on = (day: string) => gradeOnCompletion({ ...facts, completedAt: startOfDay(day) }, promotions);
    expect([on('2026-08-20'), on('2026-08-21')]).toEqual([3, 4]);
  });

  it('ends in the grade that the pupil is then in', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 0, max: 1500 }),
        fc.integer({ min: 0, max: 800 }),
        (grade, from, length) => {
          const start = addDays('2020-01-01', from);
          const end = addDays(start, length);
          const entryYearAdj = entryYearFor(grade, schoolYearOn(start));
          const facts = { grade, lastGrade: 6, startedAt: startOfDay(start), completedAt: startOfDay(end) };
          expect(gradeOnCompletion(facts)).toBe(gradeOn({ entryYearAdj, lastGrade: 6 }, end));
        },
      ),
    );
  });
});
