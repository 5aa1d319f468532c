import fc from 'fast-check';
import { breaks, holds } from '#test/support/rules.ts';
import type { WorkingDayCalendar } from '../calendar/working-day-calendar.ts';
import { addDays, partsOf, weekday } from '../dates.ts';
import { addWorkingDays } from '../working-days.ts';
import { type CountedDay, recountDueDay } from './due-date-recount.ts';

/** A calendar with weekends and the days off given, published up to a year. */
const calendar = (version: string, publishedTo: number, off: readonly string[] = []): WorkingDayCalendar => ({
  version,
  isPublished: (year) => year <= publishedTo,
  isWorkingDay: (date) => weekday(date) <= 5 && !off.includes(date),
});

const kept = (by: WorkingDayCalendar, from = '2026-12-25', workingDays = 10): CountedDay => {
  const { dueDate, provisional, calendarVersion, counted } = addWorkingDays(from, workingDays, by);
  return { dueOn: dueDate, provisional, calendarVersion, counted };
};

const PLAN = calendar('plan', 2026);
const PUBLISHED = calendar('published', 2027, ['2027-01-01', '2027-01-04']);
const REISSUED = calendar('reissued', 2027, ['2027-01-01', '2027-01-04', '2027-01-05']);

describe('a due date in working days', () => {
  it(
    holds('ORG-28', 'that reaches into an unpublished year is provisional and fixed once on publication'),
    () => {
      const due = kept(PLAN);
      expect(due).toMatchObject({ dueOn: '2027-01-08', provisional: true });
      const fixed = recountDueDay(due, '2026-12-28', PUBLISHED);
      expect(fixed).toMatchObject({ change: 'FIXED', due: { dueOn: '2027-01-12', provisional: false } });
      expect(recountDueDay({ ...due, ...fixed.due }, '2026-12-29', PUBLISHED).change).toBe('NONE');
    },
  );

  it(holds('ORG-28', 'moves once when the holidays of a year are issued anew'), () => {
    const due = kept(PUBLISHED);
    const moved = recountDueDay(due, '2026-12-30', REISSUED);
    expect(moved).toMatchObject({ change: 'MOVED', due: { dueOn: '2027-01-13' } });
    expect(recountDueDay({ ...due, ...moved.due }, '2026-12-31', REISSUED).change).toBe('NONE');
  });

  it(
    breaks('ORG-28', 'stays provisional while the year is not published, and stays when it has passed'),
    () => {
      const due = kept(PLAN);
      const still = recountDueDay(due, '2026-12-28', calendar('other plan', 2026, ['2026-12-28']));
      expect(still).toEqual({
        change: 'NONE',
        due: { dueOn: due.dueOn, provisional: true, calendarVersion: 'other plan' },
      });
      const fixed = kept(PUBLISHED);
      expect(recountDueDay(fixed, '2027-01-12', REISSUED).change).toBe('MOVED');
      expect(recountDueDay(fixed, '2027-01-13', REISSUED)).toMatchObject({
        change: 'NONE',
        due: { dueOn: fixed.dueOn },
      });
    },
  );

  it('stays when it was fixed by a calendar that nobody kept', () => {
    const due = { ...kept(PUBLISHED), calendarVersion: null };
    expect(recountDueDay(due, '2026-12-30', REISSUED)).toEqual({
      change: 'NONE',
      due: { dueOn: due.dueOn, provisional: false, calendarVersion: 'reissued' },
    });
    const provisional = { ...kept(PLAN), calendarVersion: null };
    expect(recountDueDay(provisional, '2026-12-30', PUBLISHED).change).toBe('FIXED');
  });

  it('stays when it was not counted in working days', () => {
    const due = { ...kept(PUBLISHED), counted: undefined };
    expect(recountDueDay(due, '2026-12-30', REISSUED).change).toBe('NONE');
  });

  it('makes nobody late by coming earlier', () => {
    const generous = kept(REISSUED);
    const shorter = recountDueDay(generous, '2027-01-13', calendar('shorter', 2027));
    expect(shorter).toMatchObject({ change: 'NONE', due: { dueOn: '2027-01-13' } });
    const early = recountDueDay(generous, '2027-01-04', calendar('shorter', 2027));
    expect(early).toMatchObject({ change: 'MOVED', due: { dueOn: '2027-01-08' } });
    const between = recountDueDay(generous, '2027-01-11', calendar('shorter', 2027));
    expect(between).toMatchObject({ change: 'MOVED', due: { dueOn: '2027-01-11' } });
  });

  it('does not move when only other days changed', () => {
    const due = kept(PUBLISHED);
    const other = calendar('other', 2027, ['2027-01-01', '2027-01-04', '2027-05-03']);
    expect(recountDueDay(due, '2026-12-30', other)).toMatchObject({
      change: 'NONE',
      due: { dueOn: '2027-01-12', calendarVersion: 'other' },
    });
  });

  it('is the same after one recount as after two, and never before the day of publication', () => {
    const day = fc.integer({ min: 0, max: 30 }).map((n) => addDays('2027-01-01', n));
    fc.assert(
      fc.property(
        fc.array(day, { maxLength: 8 }),
        fc.integer({ min: 1, max: 15 }),
        fc.integer({ min: 0, max: 25 }),
        fc.boolean(),
        (off, workingDays, n, provisional) => {
          const on = addDays('2026-12-25', n);
          const due = kept(provisional ? PLAN : PUBLISHED, '2026-12-25', workingDays);
          const next = calendar('next', 2027, off);
          const once = recountDueDay(due, on, next);
          const twice = recountDueDay({ ...due, ...once.due }, on, next);
          expect(twice).toEqual({ change: 'NONE', due: once.due });
          if (due.dueOn >= on) expect(once.due.dueOn >= on).toBe(true);
          expect(partsOf(once.due.dueOn).year).toBeLessThanOrEqual(2027);
        },
      ),
    );
  });
});
