import fc from 'fast-check';
import { breaks, holds } from '#test/support/rules.ts';
import type { WorkingDayCalendar } from '../calendar/working-day-calendar.ts';
import { addDays, endOfDay, partsOf, weekday } from '../dates.ts';
import { addWorkingDays } from '../working-days.ts';
import { type KeptDueDate, recountDueDate } from './due-date-recount.ts';

/** A calendar with weekends and the days off given, published up to a year. */
const calendar = (version: string, publishedTo: number, off: readonly string[] = []): WorkingDayCalendar => ({
  version,
  isPublished: (year) => year <= publishedTo,
  isWorkingDay: (date) => weekday(date) <= 5 && !off.includes(date),
});

const kept = (by: WorkingDayCalendar, start = '2026-12-25', workingDays = 10): KeptDueDate => ({
  start,
  workingDays,
  excepted: [],
  deadline: addWorkingDays(start, workingDays, by),
});
const keeping = (due: KeptDueDate, deadline: KeptDueDate['deadline']): KeptDueDate => ({ ...due, deadline });

const PLAN = calendar('plan', 2026);
const PUBLISHED = calendar('published', 2027, ['2027-01-01', '2027-01-04']);
const REISSUED = calendar('reissued', 2027, ['2027-01-01', '2027-01-04', '2027-01-05']);

describe('a due date in working days', () => {
  it(
    holds('ORG-28', 'that reaches into an unpublished year is provisional and fixed once on publication'),
    () => {
      const due = kept(PLAN);
      expect(due.deadline).toMatchObject({ dueDate: '2027-01-08', provisional: true });
      const fixed = recountDueDate(due, '2026-12-28', PUBLISHED);
      expect(fixed).toMatchObject({
        change: 'FIXED',
        deadline: { dueDate: '2027-01-12', provisional: false },
      });
      expect(fixed.deadline.dueAt).toEqual(endOfDay('2027-01-12'));
      expect(recountDueDate(keeping(due, fixed.deadline), '2026-12-29', PUBLISHED).change).toBe('NONE');
    },
  );

  it(holds('ORG-28', 'moves once when the holidays of a year are issued anew'), () => {
    const due = kept(PUBLISHED);
    const moved = recountDueDate(due, '2026-12-30', REISSUED);
    expect(moved).toMatchObject({ change: 'MOVED', deadline: { dueDate: '2027-01-13' } });
    expect(recountDueDate(keeping(due, moved.deadline), '2026-12-31', REISSUED).change).toBe('NONE');
  });

  it(
    breaks('ORG-28', 'stays provisional while the year is not published, and stays when it has passed'),
    () => {
      const due = kept(PLAN);
      const still = recountDueDate(due, '2026-12-28', calendar('other plan', 2026, ['2026-12-28']));
      expect(still).toEqual({ change: 'NONE', deadline: due.deadline });
      const fixed = kept(PUBLISHED);
      expect(recountDueDate(fixed, '2027-01-12', REISSUED).change).toBe('MOVED');
      expect(recountDueDate(fixed, '2027-01-13', REISSUED)).toEqual({
        change: 'NONE',
        deadline: fixed.deadline,
      });
    },
  );

  it('makes nobody late by coming earlier', () => {
    const generous = kept(REISSUED);
    const shorter = recountDueDate(generous, '2027-01-13', calendar('shorter', 2027));
    expect(shorter).toMatchObject({ change: 'NONE', deadline: { dueDate: '2027-01-13' } });
    const early = recountDueDate(generous, '2027-01-04', calendar('shorter', 2027));
    expect(early).toMatchObject({ change: 'MOVED', deadline: { dueDate: '2027-01-08' } });
    const between = recountDueDate(generous, '2027-01-11', calendar('shorter', 2027));
    expect(between).toMatchObject({ change: 'MOVED', deadline: { dueDate: '2027-01-11' } });
    expect(between.deadline.dueAt).toEqual(endOfDay('2027-01-11'));
  });

  it('does not move when only other days changed', () => {
    const due = kept(PUBLISHED);
    const other = calendar('other', 2027, ['2027-01-01', '2027-01-04', '2027-05-03']);
    expect(recountDueDate(due, '2026-12-30', other)).toMatchObject({
      change: 'NONE',
      deadline: { dueDate: '2027-01-12', calendarVersion: 'other' },
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
          const once = recountDueDate(due, on, next);
          const twice = recountDueDate(keeping(due, once.deadline), on, next);
          expect(twice).toEqual({ change: 'NONE', deadline: once.deadline });
          if (due.deadline.dueDate >= on) expect(once.deadline.dueDate >= on).toBe(true);
          expect(partsOf(once.deadline.dueDate).year).toBeLessThanOrEqual(2027);
        },
      ),
    );
  });
});
