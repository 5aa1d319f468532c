import type { WorkingDayCalendar } from './calendar/working-day-calendar.ts';
import { addDays, addMonths, endOfDay, type IsoDate, shanghaiDate } from './dates.ts';
import type { Duration } from './parameters/parameter.ts';
import { addWorkingDays, type WorkingDayDeadline } from './working-days.ts';

/**
 * The end of any legal length of time that starts with an event. Working days as in `addWorkingDays`; days and weeks
 * count from the day after the event; months and years end on the same day number or the last day of the month.
 * All end at 24:00 of the due date, Asia/Shanghai. Only working days can be provisional.
 */
export const deadlineAfter = (
  start: Date | IsoDate,
  { amount, unit }: Duration,
  calendar: WorkingDayCalendar,
): WorkingDayDeadline => {
  if (unit === 'WORKING_DAY') return addWorkingDays(start, amount, calendar);
  const from = typeof start === 'string' ? start : shanghaiDate(start);
  const dueDate = calendarEnd(from, amount, unit);
  return { dueDate, dueAt: endOfDay(dueDate), provisional: false, calendarVersion: calendar.version };
};

/** The last day of a length that is counted by the calendar, from the day of its start. */
export const calendarEnd = (
  from: IsoDate,
  amount: number,
  unit: Exclude<Duration['unit'], 'WORKING_DAY'>,
): IsoDate => {
  switch (unit) {
    case 'DAY':
      return addDays(from, amount);
    case 'WEEK':
      return addDays(from, 7 * amount);
    case 'MONTH':
      return addMonths(from, amount);
    case 'YEAR':
      return addMonths(from, 12 * amount);
  }
};
