import type { WorkingDayCalendar } from '../calendar/working-day-calendar.ts';
import type { IsoDate } from '../dates.ts';
import { enforces } from '../enforces.ts';
import { addWorkingDays } from '../working-days.ts';

/** Until when something waits, as it is kept. */
export type DueDay = {
  dueOn: IsoDate;
  provisional: boolean;
  /** Null where it was fixed before its calendar was kept. */
  calendarVersion: string | null;
};

/** A due day and how it was counted. */
export type CountedDay = DueDay & {
  /** From the day after which event, and how many working days; absent for other lengths of time. */
  counted?: { from: IsoDate; workingDays: number };
};

/**
 * What a calendar does to a kept due day. NONE: nothing. FIXED: it was provisional and the year is published now.
 * MOVED: it was fixed and the holidays of a year were issued anew. The day is under this calendar from then on.
 */
export type Recount = {
  change: 'NONE' | 'FIXED' | 'MOVED';
  due: { dueOn: IsoDate; provisional: boolean; calendarVersion: string };
};

/**
 * Counts a due day again when a calendar is published (ORG-28): a provisional one is fixed once, a fixed one moves once
 * with each calendar, so that doing it again changes nothing. What has already passed stays as it was, so does a fixed
 * day of which no calendar is known, and nobody is made late by a calendar: a day that comes earlier is never before
 * the day of publication (`on`; ours).
 */
export const recountDueDay = (kept: CountedDay, on: IsoDate, calendar: WorkingDayCalendar): Recount => {
  enforces('ORG-28');
  const stays: Recount = { change: 'NONE', due: underCalendar(kept, calendar) };
  const isFixed = !kept.provisional;
  if (kept.counted === undefined || kept.calendarVersion === calendar.version) return stays;
  if (isFixed && (kept.calendarVersion === null || kept.dueOn < on)) return stays;
  const { dueDate, provisional } = addWorkingDays(kept.counted.from, kept.counted.workingDays, calendar);
  if (provisional) return stays;
  const dueOn = later(dueDate, earlier(kept.dueOn, on));
  if (isFixed && dueOn === kept.dueOn) return stays;
  return {
    change: isFixed ? 'MOVED' : 'FIXED',
    due: { dueOn, provisional: false, calendarVersion: calendar.version },
  };
};

const underCalendar = ({ dueOn, provisional }: DueDay, { version }: WorkingDayCalendar): Recount['due'] => ({
  dueOn,
  provisional,
  calendarVersion: version,
});

const earlier = (a: IsoDate, b: IsoDate): IsoDate => (a < b ? a : b);

const later = (a: IsoDate, b: IsoDate): IsoDate => (a > b ? a : b);
