import type { WorkingDayCalendar } from '#libs/law/calendar/working-day-calendar.ts';
import { endOfDay, type IsoDate } from '#libs/law/dates.ts';
import { type Recount, recountDueDate } from '#libs/law/organization/due-date-recount.ts';

/** A due date in working days as a row keeps it. */
export type KeptDay = {
  from: IsoDate;
  workingDays: number;
  dueOn: IsoDate;
  provisional: boolean;
  /** Null where it was never counted again. */
  calendarVersion: string | null;
};

/** What the calendar does to the day: fixes it, moves it, or leaves it (ORG-28). */
export const recounted = (kept: KeptDay, today: IsoDate, calendar: WorkingDayCalendar): Recount =>
  recountDueDate(
    {
      start: kept.from,
      workingDays: kept.workingDays,
      excepted: [],
      deadline: {
        dueDate: kept.dueOn,
        dueAt: endOfDay(kept.dueOn),
        provisional: kept.provisional,
        calendarVersion: kept.calendarVersion ?? '',
      },
    },
    today,
    calendar,
  );
