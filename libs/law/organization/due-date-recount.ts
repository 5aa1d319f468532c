import type { WorkingDayCalendar } from '../calendar/working-day-calendar.ts';
import { endOfDay, type IsoDate } from '../dates.ts';
import { enforces } from '../enforces.ts';
import { addWorkingDays, type ExceptedDays, type WorkingDayDeadline } from '../working-days.ts';

/** A due date in working days as it is kept with a case. */
export type KeptDueDate = {
  /** The day of the event from which the clock runs. */
  start: IsoDate;
  workingDays: number;
  excepted: readonly ExceptedDays[];
  deadline: WorkingDayDeadline;
};

/**
 * What a calendar does to a kept due date. NONE: nothing. FIXED: it was provisional and the year is published now.
 * MOVED: it was fixed and the holidays of a year were issued anew.
 */
export type Recount = { change: 'NONE' | 'FIXED' | 'MOVED'; deadline: WorkingDayDeadline };

/**
 * Counts a due date again when a calendar is published (ORG-28): a provisional one is fixed once, a fixed one moves once
 * with each calendar, so that doing it again changes nothing. What has already passed stays as it was, and nobody is
 * made late by a calendar: a date that comes earlier is never before the day of publication (`on`; ours).
 */
export const recountDueDate = (kept: KeptDueDate, on: IsoDate, calendar: WorkingDayCalendar): Recount => {
  enforces('ORG-28');
  const { deadline } = kept;
  if (deadline.calendarVersion === calendar.version) return { change: 'NONE', deadline };
  const counted = addWorkingDays(kept.start, kept.workingDays, calendar, kept.excepted);
  if (counted.provisional || (!deadline.provisional && deadline.dueDate < on)) {
    return { change: 'NONE', deadline };
  }
  const next = notBefore(counted, earlier(deadline.dueDate, on));
  if (deadline.provisional) return { change: 'FIXED', deadline: next };
  return { change: next.dueDate === deadline.dueDate ? 'NONE' : 'MOVED', deadline: next };
};

const earlier = (a: IsoDate, b: IsoDate): IsoDate => (a < b ? a : b);

const notBefore = (deadline: WorkingDayDeadline, day: IsoDate): WorkingDayDeadline =>
  deadline.dueDate >= day ? deadline : { ...deadline, dueDate: day, dueAt: endOfDay(day) };
