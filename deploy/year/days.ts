import { addDays, type IsoDate, weekday } from '#libs/law/dates.ts';

/** The year that is lived: from the opening of one school year into the next. */
export const FIRST_DAY = '2025-09-01';
export const LAST_DAY = '2026-09-30';

/** Days on which something is due beside the weekly round: openings, new rules, graduation, promotion. */
const SPECIAL: readonly IsoDate[] = [
  '2025-09-01',
  '2026-02-09',
  '2026-02-10',
  '2026-07-06',
  '2026-08-10',
  '2026-08-12',
  '2026-09-01',
];
const TUESDAY = 2;

const monthOf = (day: IsoDate): string => day.slice(0, 7);

/** Months of the year, each with the days on which people act: every Tuesday and the special days. */
export const monthsOfYear = (most = Number.POSITIVE_INFINITY): { month: string; days: IsoDate[] }[] => {
  const days: IsoDate[] = [];
  for (let day: IsoDate = FIRST_DAY; day <= LAST_DAY; day = addDays(day, 1)) {
    if (weekday(day) === TUESDAY || SPECIAL.includes(day)) days.push(day);
  }
  return [...Map.groupBy(days, monthOf)].slice(0, most).map(([month, own]) => ({ month, days: own }));
};

/** The last day of a month, `yyyy-mm`. */
export const lastDayOf = (month: string): IsoDate => {
  const [year = 0, nth = 0] = month.split('-').map(Number);
  return new Date(Date.UTC(year, nth, 0)).toISOString().slice(0, 10);
};

/** True on the first day of its month on which people act. */
export const isFirstOf = (days: readonly IsoDate[], day: IsoDate): boolean =>
  days.find((each) => monthOf(each) === monthOf(day)) === day;

/** Number of the day among those on which people act, from 0. */
export const nthOf = (days: readonly IsoDate[], day: IsoDate): number => days.indexOf(day);
