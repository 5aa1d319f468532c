import fc from 'fast-check';
import { breaks, holds } from '#test/support/rules.ts';
import { workingDayCalendar } from './calendar/working-day-calendar.ts';
import { addDays, type IsoDate } from './dates.ts';
import { deadlineAfter } from './deadline.ts';
import { type Term, termFaults, termOf, termOn } from './organization/term-calendar.ts';
import { ELSEWHERE } from './testing/places.ts';
import { addWorkingDays, workingDaysBetween } from './working-days.ts';

const calendar = workingDayCalendar();
const due = (start: Date | IsoDate, n: number) => addWorkingDays(start, n, calendar).dueDate;

describe('the working-day calendar', () => {
  it('knows the days off and the make-up days of 2013 to 2026', () => {
    for (let year = 2013; year <= 2026; year += 1) expect(calendar.isPublished(year)).toBe(true);
    expect(calendar.isPublished(2012)).toBe(false);
    expect(calendar.isPublished(2027)).toBe(false);
    expect(calendar.isWorkingDay('2026-02-17')).toBe(false);
    expect(calendar.isWorkingDay('2026-02-14')).toBe(true);
    expect(calendar.isWorkingDay('2026-10-08')).toBe(true);
    expect(calendar.isWorkingDay('2026-10-10')).toBe(true);
    expect(calendar.isWorkingDay('2026-10-11')).toBe(false);
  });

  it('takes Monday to Friday and the fixed holidays for a year that is not published', () => {
    expect(calendar.isWorkingDay('2027-01-01')).toBe(false);
    expect(calendar.isWorkingDay('2027-01-04')).toBe(true);
    expect(calendar.isWorkingDay('2027-05-01')).toBe(false);
    expect(calendar.isWorkingDay('2027-10-01')).toBe(false);
    expect(calendar.isWorkingDay('2027-10-04')).toBe(true);
  });

  it('lets a year that the ministry issued prevail and shows it in its version', () => {
    const issued = workingDayCalendar([{ year: 2026, issue: 1, holidays: ['2026-09-07'], makeUpDays: [] }]);
    expect(issued.isWorkingDay('2026-09-07')).toBe(false);
    expect(addWorkingDays('2026-09-04', 1, issued).dueDate).toBe('2026-09-08');
    expect(issued.version).not.toBe(calendar.version);
  });
});

describe('a clock in working days', () => {
  it('starts on the first working day after the event and ends at 24:00 of the last', () => {
    const { dueDate, dueAt, provisional } = addWorkingDays('2026-09-04', 10, calendar);
    expect(dueDate).toBe('2026-09-18');
    expect(dueAt.toISOString()).toBe('2026-09-18T16:00:00.000Z');
    expect(provisional).toBe(false);
  });

  it('takes the day of the event in Shanghai', () => {
    expect(due(new Date('2026-09-03T23:59:59+08:00'), 1)).toBe('2026-09-04');
    expect(due(new Date('2026-09-04T00:00:00+08:00'), 1)).toBe('2026-09-07');
  });

  it('steps over the national holiday and counts the make-up Saturday', () => {
    expect(due('2026-09-30', 1)).toBe('2026-10-08');
    expect(due('2026-09-30', 3)).toBe('2026-10-10');
    expect(due('2026-02-13', 1)).toBe('2026-02-14');
    expect(due('2026-02-14', 1)).toBe('2026-02-24');
  });

  it('is provisional as soon as one counted day lies in a year that is not published', () => {
    expect(addWorkingDays('2026-12-30', 1, calendar)).toMatchObject({
      dueDate: '2026-12-31',
      provisional: false,
    });
    expect(addWorkingDays('2026-12-31', 1, calendar)).toMatchObject({
      dueDate: '2027-01-04',
      provisional: true,
    });
  });

  it('stays provisional when the count runs on into a published year', () => {
    expect(addWorkingDays('2012-12-27', 3, calendar)).toMatchObject({
      dueDate: '2013-01-04',
      provisional: true,
    });
  });

  it('steps over excepted vacation days', () => {
    const vacation = [{ from: '2026-07-10', to: '2026-08-31' }];
    expect(addWorkingDays('2026-07-08', 2, calendar, vacation).dueDate).toBe('2026-09-01');
    expect(workingDaysBetween('2026-07-08', '2026-09-01', calendar, vacation)).toBe(2);
  });

  it('is refused for anything but a whole number of days from one', () => {
    for (const n of [0, -1, 1.5, Number.NaN, 1e9]) {
      expect(() => addWorkingDays('2026-09-04', n, calendar)).toThrow(RangeError);
    }
  });

  it('ends on a working day that is the n-th after the event, whatever the start', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_900 }), fc.integer({ min: 1, max: 70 }), (offset, n) => {
        const start = addDays('2013-01-01', offset);
        const end = due(start, n);
        expect(calendar.isWorkingDay(end)).toBe(true);
        expect(workingDaysBetween(start, end, calendar)).toBe(n);
      }),
    );
  });
});

describe('a deadline of any unit', () => {
  const on = (amount: number, unit: Parameters<typeof deadlineAfter>[1]['unit']) =>
    deadlineAfter('2026-08-31', { amount, unit }, calendar);

  it('ends at 24:00 of its last day', () => {
    expect(on(10, 'WORKING_DAY').dueDate).toBe('2026-09-14');
    expect(on(15, 'DAY').dueDate).toBe('2026-09-15');
    expect(on(2, 'WEEK').dueDate).toBe('2026-09-14');
    expect(on(6, 'MONTH').dueDate).toBe('2027-02-28');
    expect(on(1, 'YEAR')).toMatchObject({ dueDate: '2027-08-31', provisional: false });
    expect(on(1, 'MONTH').dueAt.toISOString()).toBe('2026-09-30T16:00:00.000Z');
  });
});

describe('term calendars', () => {
  const autumn: Term = { schoolYear: 2026, season: 'AUTUMN', opensOn: '2026-09-01', closesOn: '2027-01-22' };
  const spring: Term = { schoolYear: 2026, season: 'SPRING', opensOn: '2027-02-22', closesOn: '2027-07-09' };

  it(holds('ORG-28', 'a limit is counted from a term that the jurisdiction has entered'), () => {
    const wanted = { schoolYear: 2026, season: 'AUTUMN' } as const;
    expect(termOf([autumn, spring], wanted, '2026-09-01', ELSEWHERE)).toEqual({ term: autumn, findings: [] });
    expect(termOn([autumn, spring], '2026-09-01')).toBe(autumn);
    expect(termOn([autumn, spring], '2027-01-22')).toBe(autumn);
  });

  it(
    breaks('ORG-28', 'without the term nothing is guessed: the operation waits with CALENDAR_MISSING'),
    () => {
      const { term, findings } = termOf(
        [spring],
        { schoolYear: 2026, season: 'AUTUMN' },
        '2026-09-01',
        ELSEWHERE,
      );
      expect(term).toBeUndefined();
      expect(findings).toMatchObject([{ ruleId: 'ORG-28', outcome: 'HOLD', code: 'CALENDAR_MISSING' }]);
      expect(termOn([autumn, spring], '2026-08-31')).toBeUndefined();
      expect(termOn([autumn, spring], '2027-01-23')).toBeUndefined();
    },
  );

  it('are told what is wrong with them', () => {
    const reversed = { ...autumn, opensOn: '2027-01-23' };
    const overlapping = { ...spring, opensOn: '2027-01-22' };
    expect(termFaults([autumn, spring])).toEqual([]);
    expect(termFaults([reversed])).toEqual([{ index: 0, fault: 'CLOSES_BEFORE_OPENING' }]);
    expect(termFaults([autumn, overlapping])).toEqual([{ index: 1, fault: 'OVERLAPS' }]);
  });
});
