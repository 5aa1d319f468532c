import type { WorkingDayCalendar } from '../calendar/working-day-calendar.ts';
import { addDays, type IsoDate } from '../dates.ts';
import type { DateSpan } from './suspended-time.ts';

/** A week of school has five days (ours): what the texts count in weeks is counted in missed school days. */
const SCHOOL_DAYS_PER_WEEK = 5;

/** Unexcused absence within one term, in school days. */
export type Truancy = {
  /** The longest run of missed days that no attended school day breaks. */
  longestRun: number;
  total: number;
};

/**
 * Counts the missed school days of a term: working days of the nation's calendar, so that weekends and holidays are
 * neither missed nor do they break a run. `absences`: unexcused ones, first and last missed day; parts outside the
 * term do not count, days named twice count once.
 */
export const truancyIn = (
  absences: readonly DateSpan[],
  term: { opensOn: IsoDate; closesOn: IsoDate },
  calendar: WorkingDayCalendar,
): Truancy => {
  let longestRun = 0;
  let total = 0;
  let run = 0;
  for (let day = term.opensOn; day <= term.closesOn; day = addDays(day, 1)) {
    if (!calendar.isWorkingDay(day)) continue;
    const missed = absences.some(({ from, to }) => from <= day && day <= to);
    run = missed ? run + 1 : 0;
    total += missed ? 1 : 0;
    longestRun = Math.max(longestRun, run);
  }
  return { longestRun, total };
};

/** More than 8 weeks in a row, or 10 weeks and more in all, within a term (ENR-54 item 1). */
export const isLongAbsence = ({ longestRun, total }: Truancy): boolean =>
  longestRun > 8 * SCHOOL_DAYS_PER_WEEK || total >= 10 * SCHOOL_DAYS_PER_WEEK;
