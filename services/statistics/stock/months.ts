/** Months by their first day (yyyy-mm-01), so that they compare and are stored as days do. */

/** The month that a day lies in. */
export const monthOf = (day: string): string => `${day.slice(0, 7)}-01`;

const shifted = (month: string, by: number): string => {
  const [year = 0, nth = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, nth - 1 + by, 1)).toISOString().slice(0, 10);
};

/** The month before the one of a day. */
export const monthBefore = (day: string): string => shifted(monthOf(day), -1);

/** The first day after a month. */
export const afterMonth = (month: string): string => shifted(month, 1);

/** Months from the first to the last, both included; none where the last comes first. */
export const monthsBetween = (first: string, last: string): string[] => {
  const months: string[] = [];
  for (let month = monthOf(first); month <= last; month = afterMonth(month)) months.push(month);
  return months;
};

const oneDay = 24 * 3600_000;

/** The day after a day. */
export const dayAfter = (day: string): string =>
  new Date(Date.parse(day) + oneDay).toISOString().slice(0, 10);

/** Days from the first to the last, both included. */
export const daysBetween = (first: string, last: string): string[] => {
  const days: string[] = [];
  for (let at = Date.parse(first); at <= Date.parse(last); at += oneDay)
    days.push(new Date(at).toISOString().slice(0, 10));
  return days;
};

/** The last instant of a day in Beijing. */
export const endOfDay = (day: string): string => `${day}T23:59:59.999+08:00`;

/** The day before a day. */
export const dayBefore = (day: string): string =>
  new Date(Date.parse(day) - oneDay).toISOString().slice(0, 10);
