/**
 * A calendar day as the law counts it, `yyyy-mm-dd` in the proleptic Gregorian calendar. Days compare as text.
 * Business time is Asia/Shanghai, UTC+8 without summer time for every day the registry judges.
 */
export type IsoDate = string;

const DAY_MS = 86_400_000;
const SHANGHAI_OFFSET_MS = 8 * 3_600_000;
const SHAPE = /^(\d{4})-(\d{2})-(\d{2})$/;

const utc = (year: number, month: number, day: number): number => {
  const instant = new Date(0);
  instant.setUTCFullYear(year, month - 1, day);
  return instant.getTime();
};

const format = (ms: number): IsoDate => new Date(ms).toISOString().slice(0, 10);

/** Year, month (1-12) and day (1-31) of a date. Throws RangeError when the text is not a day of the calendar. */
export const partsOf = (date: IsoDate): { year: number; month: number; day: number } => {
  const match = SHAPE.exec(date);
  const [year, month, day] = (match?.slice(1) ?? []).map(Number);
  if (
    year === undefined ||
    month === undefined ||
    day === undefined ||
    format(utc(year, month, day)) !== date
  ) {
    throw new RangeError('not a calendar day of the form yyyy-mm-dd');
  }
  return { year, month, day };
};

/** True when the text is a day of the calendar. */
export const isIsoDate = (text: string): boolean => {
  try {
    partsOf(text);
    return true;
  } catch {
    return false;
  }
};

const msOf = (date: IsoDate): number => {
  const { year, month, day } = partsOf(date);
  return utc(year, month, day);
};

/** The day n days later (earlier when n is negative). */
export const addDays = (date: IsoDate, n: number): IsoDate => format(msOf(date) + n * DAY_MS);

/** Whole days from one date to another; negative when `to` lies before `from`. */
export const daysBetween = (from: IsoDate, to: IsoDate): number => (msOf(to) - msOf(from)) / DAY_MS;

/** The same day number n months later, or the last day of that month when it is shorter. */
export const addMonths = (date: IsoDate, n: number): IsoDate => {
  const { year, month, day } = partsOf(date);
  const lastDay = new Date(utc(year, month + n + 1, 0)).getUTCDate();
  return format(utc(year, month + n, Math.min(day, lastDay)));
};

/** The same day n years later; 29 February becomes 28 February in a common year. */
export const addYears = (date: IsoDate, n: number): IsoDate => addMonths(date, 12 * n);

/** 1 = Monday … 7 = Sunday. */
export const weekday = (date: IsoDate): number => new Date(msOf(date)).getUTCDay() || 7;

/** The day in Asia/Shanghai on which an instant falls. */
export const shanghaiDate = (instant: Date): IsoDate => format(instant.getTime() + SHANGHAI_OFFSET_MS);

/** 00:00 of the day in Asia/Shanghai. */
export const startOfDay = (date: IsoDate): Date => new Date(msOf(date) - SHANGHAI_OFFSET_MS);

/** 24:00 of the day in Asia/Shanghai, which is 00:00 of the next: the open end of a half-open window. */
export const endOfDay = (date: IsoDate): Date => startOfDay(addDays(date, 1));

/** True when the instant lies in [from 00:00, to 24:00) in Asia/Shanghai: both days included. */
export const withinDays = (instant: Date, from: IsoDate, to: IsoDate): boolean =>
  instant >= startOfDay(from) && instant < endOfDay(to);

/**
 * Completed years of life on a day. A person turns n on the day with the birthday's number, that day included;
 * somebody born on 29 February turns n on 28 February of a common year (ours: in the child's favour).
 */
export const fullYears = (birthDate: IsoDate, on: IsoDate): number => {
  if (on < birthDate) return -1;
  const years = partsOf(on).year - partsOf(birthDate).year;
  return addYears(birthDate, years) <= on ? years : years - 1;
};
