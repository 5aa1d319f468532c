import { addMonths, daysBetween, type IsoDate, partsOf } from '../dates.ts';
import { calendarEnd } from '../deadline.ts';
import type { Duration } from '../parameters/parameter.ts';

/** A stretch of days from its first to its last. */
export type DateSpan = { from: IsoDate; to: IsoDate };

/**
 * The last lawful day of a stretch that may run so long: months and years end on the same day number or the last
 * day of the month. Throws RangeError for working days, in which no text measures a suspension.
 */
export const spanEnd = (from: IsoDate, { amount, unit }: Duration): IsoDate => {
  if (unit === 'WORKING_DAY') throw new RangeError('a suspension is not measured in working days');
  return calendarEnd(from, amount, unit);
};

/**
 * The length of several stretches together, in days of a common year: 29 February is not counted, so that a full year
 * is 365 wherever it lies and two full years never exceed two years (ours, ENR-45). Days in two stretches count once.
 */
export const suspendedDays = (spans: readonly DateSpan[]): number =>
  withoutOverlap(spans).reduce((sum, { from, to }) => sum + commonDays(from, to), 0);

/** True when the stretches together are longer than the limit. */
export const exceedsTotal = (spans: readonly DateSpan[], limit: Duration): boolean => {
  const [first] = withoutOverlap(spans);
  return first !== undefined && suspendedDays(spans) > commonDays(first.from, spanEnd(first.from, limit));
};

const withoutOverlap = (spans: readonly DateSpan[]): DateSpan[] => {
  const joined: DateSpan[] = [];
  for (const span of spans.toSorted((a, b) => (a.from < b.from ? -1 : 1))) {
    const last = joined.at(-1);
    if (!last || span.from > last.to) joined.push(span);
    else if (span.to > last.to) joined[joined.length - 1] = { from: last.from, to: span.to };
  }
  return joined;
};

const commonDays = (from: IsoDate, to: IsoDate): number =>
  Math.max(0, daysBetween(from, to) - leapDays(from, to));

/** How many times 29 February lies after `from` and not after `to`. */
const leapDays = (from: IsoDate, to: IsoDate): number => {
  let count = 0;
  for (let { year } = partsOf(from); year <= partsOf(to).year; year += 1) {
    const last = addMonths(`${year}-01-31`, 1);
    if (last.endsWith('29') && last > from && last <= to) count += 1;
  }
  return count;
};
