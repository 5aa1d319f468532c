import type { WorkingDayCalendar } from '../calendar/working-day-calendar.ts';
import { addDays, type IsoDate, weekday } from '../dates.ts';

/** A day that a clock has stepped over, and why. HOLIDAY: a weekday that is off. */
export type SkippedDay = { on: IsoDate; why: 'WEEKEND' | 'HOLIDAY' };

/** How a due day came about: which days after its start counted, and which were stepped over. */
export type CountedDays = { days: number; skipped: readonly SkippedDay[] };

/** The days after `from` up to and including `to`, as a working-day clock counts them: why a day is due when it is (ORG-28). */
export const countDays = (from: IsoDate, to: IsoDate, calendar: WorkingDayCalendar): CountedDays => {
  const skipped: SkippedDay[] = [];
  let days = 0;
  for (let on = addDays(from, 1); on <= to; on = addDays(on, 1)) {
    if (calendar.isWorkingDay(on)) days += 1;
    else skipped.push({ on, why: weekday(on) > 5 ? 'WEEKEND' : 'HOLIDAY' });
  }
  return { days, skipped };
};

/**
 * The days on which the holder of a due date is reminded of it, earliest first: so many working days before it, and on the day
 * itself (`REMINDED_BEFORE`), as far as they lie after the start.
 */
export const remindersBefore = (
  from: IsoDate,
  dueOn: IsoDate,
  before: readonly number[],
  calendar: WorkingDayCalendar,
): IsoDate[] => {
  const days: IsoDate[] = [];
  for (let on = dueOn, left = 0; on > from; on = addDays(on, -1)) {
    if (on !== dueOn && !calendar.isWorkingDay(on)) continue;
    if (before.includes(left)) days.unshift(on);
    left += 1;
  }
  return days;
};
