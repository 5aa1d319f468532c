import { breaks, holds } from '#test/support/rules.ts';
import { workingDayCalendar } from '../calendar/working-day-calendar.ts';
import { judgeAgainstStatus, judgeOperation } from './outcome.ts';
import { judgeReviewTime, reviewDue } from './review-clock.ts';

const shanxi = { province: '140000', city: '140100', county: '140105' };
const henan = { province: '410000', city: '410500', county: '410503' };
const on = '2026-07-06';
const codes = (found: readonly { code: string }[]): string[] => found.map(({ code }) => code);

describe('the graduation operation of a senior school', () => {
  const asked = (reviewed: 'GRADUATION' | 'COMPLETION' | null, place = shanxi) =>
    codes(judgeOperation({ stage: 'SENIOR', asked: 'GRADUATION', reviewed }, on, place));

  test(
    holds('CRT-02', 'lets graduate whose graduation was reviewed, and elsewhere follows the school'),
    () => {
      expect([asked('GRADUATION'), asked(null, henan)]).toEqual([[], []]);
      expect(judgeOperation({ stage: 'JUNIOR', asked: 'GRADUATION', reviewed: null }, on, shanxi)).toEqual(
        [],
      );
      expect(asked(null).length).toBe(1);
    },
  );

  test(breaks('CRT-02', 'and nobody else'), () => {
    expect(asked('COMPLETION')).toEqual(['GRADUATION_CONDITION_NOT_MET']);
    expect(asked(null)).toEqual(['OUTCOME_NOT_REVIEWED']);
  });

  test(breaks('CRT-07', 'nobody gets a certificate of an end that the registration does not show'), () => {
    const facts = { stage: 'SENIOR', outcome: 'GRADUATION', mustHaveEnded: true } as const;
    const judged = (status: 'IN_SCHOOL' | 'COMPLETED' | 'ADMITTED', mustHaveEnded = true) =>
      codes(judgeAgainstStatus({ ...facts, status, mustHaveEnded }, on, shanxi));
    expect(judged('ADMITTED')).toEqual([]);
    expect(judged('IN_SCHOOL', false)).toEqual([]);
    expect([judged('IN_SCHOOL'), judged('COMPLETED')]).toEqual([
      ['OUTCOME_CONTRADICTED'],
      ['OUTCOME_CONTRADICTED'],
    ]);
  });
});

describe('the time of a review', () => {
  test('ends on the tenth working day, and what is late is on record from the day after', () => {
    const due = reviewDue(new Date('2026-06-22T09:00:00+08:00'), workingDayCalendar([]));
    const late = (today: string, provisional = false) =>
      judgeReviewTime(
        { business: 'OUTCOMES', dueOn: '2026-07-06', provisional, stage: 'SENIOR' },
        today,
        shanxi,
      );
    expect(due.dueDate).toBe('2026-07-06');
    expect(late('2026-07-06')).toEqual([]);
    expect(late('2026-07-07')).toMatchObject([
      { ruleId: 'CRT-07', outcome: 'RECORD', code: 'REVIEW_OVERDUE' },
    ]);
    expect(late('2026-07-07', true)).toEqual([]);
  });
});
