import { addDays, addMonths } from '#libs/law/dates.ts';

/** Months by their first day (yyyy-mm-01), so that they compare and are stored as days do. */

/** The month that a day lies in. */
export const monthOf = (day: string): string => `${day.slice(0, 7)}-01`;

/** The month before the one of a day. */
export const monthBefore = (day: string): string => addMonths(monthOf(day), -1);

/** The first day after a month. */
export const afterMonth = (month: string): string => addMonths(month, 1);

/** Months from the first to the last, both included; none where the last comes first. */
export const monthsBetween = (first: string, last: string): string[] => {
  const months: string[] = [];
  for (let month = monthOf(first); month <= last; month = afterMonth(month)) months.push(month);
  return months;
};

/** Days from the first to the last, both included. */
export const eachDay = (first: string, last: string): string[] => {
  const days: string[] = [];
  for (let day = first; day <= last; day = addDays(day, 1)) days.push(day);
  return days;
};

/** The last instant of a day in Beijing. */
export const endOfDay = (day: string): string => `${day}T23:59:59.999+08:00`;
