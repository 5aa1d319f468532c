import type { WorkingDayCalendar } from './calendar/working-day-calendar.ts';
import { addDays, endOfDay, type IsoDate, partsOf, shanghaiDate } from './dates.ts';

/** Days that do not count, both ends included: a vacation where a text excepts it. */
export type ExceptedDays = { from: IsoDate; to: IsoDate };

/** The end of a clock that runs in working days. */
export type WorkingDayDeadline = {
  /** The last day on which the step is in time. */
  dueDate: IsoDate;
  /** 24:00 of that day in Asia/Shanghai: in time is strictly before it. */
  dueAt: Date;
  /** True when a day was counted whose year is not published: nothing automatic may hang on it yet. */
  provisional: boolean;
  calendarVersion: string;
  /** From which day and how many working days were counted; absent for other lengths of time. */
  counted?: { from: IsoDate; workingDays: number };
};

/** A clock of more days than this is a mistake of the caller. */
const LONGEST_CLOCK = 2_000;

/**
 * The deadline n working days after a start event. The clock starts on the first working day after the day of the
 * event in Asia/Shanghai and ends at 24:00 of the n-th. `excepted` days are stepped over (STA-01: vacations).
 * Throws RangeError unless n is a whole number from 1.
 */
export const addWorkingDays = (
  start: Date | IsoDate,
  n: number,
  calendar: WorkingDayCalendar,
  excepted: readonly ExceptedDays[] = [],
): WorkingDayDeadline => {
  if (!Number.isInteger(n) || n < 1 || n > LONGEST_CLOCK) {
    throw new RangeError('a clock runs a whole number of working days from 1');
  }
  const from = typeof start === 'string' ? start : shanghaiDate(start);
  let date = from;
  let provisional = false;
  for (let counted = 0; counted < n; ) {
    date = addDays(date, 1);
    provisional ||= !calendar.isPublished(partsOf(date).year);
    if (calendar.isWorkingDay(date) && !isExcepted(date, excepted)) counted += 1;
  }
  return {
    dueDate: date,
    dueAt: endOfDay(date),
    provisional,
    calendarVersion: calendar.version,
    counted: { from, workingDays: n },
  };
};

/** Working days after `from` up to and including `to`: what such a clock has counted by the end of `to`. */
export const workingDaysBetween = (
  from: IsoDate,
  to: IsoDate,
  calendar: WorkingDayCalendar,
  excepted: readonly ExceptedDays[] = [],
): number => {
  let counted = 0;
  for (let date = addDays(from, 1); date <= to; date = addDays(date, 1)) {
    if (calendar.isWorkingDay(date) && !isExcepted(date, excepted)) counted += 1;
  }
  return counted;
};

const isExcepted = (date: IsoDate, excepted: readonly ExceptedDays[]): boolean =>
  excepted.some(({ from, to }) => from <= date && date <= to);
