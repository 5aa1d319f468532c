import { type IsoDate, partsOf, weekday } from '../dates.ts';
import { PUBLISHED_DAYS, PUBLISHED_SOURCE } from './published-days.ts';

/** The days of a year as the ministry has published them, for the first time or anew. */
export type IssuedYear = {
  year: number;
  /** Counted from 1: each publication of the year replaces the one before. */
  issue: number;
  /** Days off; Saturdays and Sundays need not be among them. */
  holidays: readonly IsoDate[];
  /** Saturdays and Sundays that are worked. */
  makeUpDays: readonly IsoDate[];
};

/** The nation's working days (ORG-28). */
export type WorkingDayCalendar = {
  /** Kept on every due date, so that it can be told which calendar gave it. */
  version: string;
  /** True when the days off of that year are published. */
  isPublished: (year: number) => boolean;
  isWorkingDay: (date: IsoDate) => boolean;
};

/**
 * Holidays that the State Council's regulation fixes to a day of the solar year. They stand in for a year that is
 * not published; the lunar ones cannot.
 */
const FIXED_HOLIDAYS: ReadonlySet<string> = new Set(['01-01', '05-01', '05-02', '10-01', '10-02', '10-03']);

type Year = { off: ReadonlySet<string>; worked: ReadonlySet<string> };

const setOf = (days: string): ReadonlySet<string> => new Set(days.split(' ').filter(Boolean));

const published: ReadonlyMap<number, Year> = new Map(
  Object.entries(PUBLISHED_DAYS).map(([year, { off, worked }]) => [
    Number(year),
    { off: setOf(off), worked: setOf(worked) },
  ]),
);

/**
 * The calendar with the years that the ministry has issued in place of the vendored ones. In years without publication
 * Monday to Friday are working days except the holidays of fixed date; what is counted through such a year is
 * provisional.
 */
export const workingDayCalendar = (issued: readonly IssuedYear[] = []): WorkingDayCalendar => {
  const years = new Map<number, Year>(
    issued.map(({ year, holidays, makeUpDays }) => [
      year,
      { off: daysOf(holidays), worked: daysOf(makeUpDays) },
    ]),
  );
  const planOf = (year: number): Year | undefined => years.get(year) ?? published.get(year);
  return {
    version: `${PUBLISHED_SOURCE}${issuesOf(issued)}`,
    isPublished: (year) => planOf(year) !== undefined,
    isWorkingDay: (date) => worksByPlan(planOf(partsOf(date).year), date),
  };
};

const daysOf = (dates: readonly IsoDate[]): ReadonlySet<string> =>
  new Set(dates.map((date) => date.slice(5)));

/** Which issue of which year: ` + 2027#2`. */
const issuesOf = (issued: readonly IssuedYear[]): string =>
  issued
    .toSorted((a, b) => a.year - b.year)
    .map(({ year, issue }) => ` + ${year}#${issue}`)
    .join('');

const worksByPlan = (plan: Year | undefined, date: IsoDate): boolean => {
  const day = date.slice(5);
  const isWeekday = weekday(date) <= 5;
  if (!plan) return isWeekday && !FIXED_HOLIDAYS.has(day);
  return isWeekday ? !plan.off.has(day) : plan.worked.has(day);
};
