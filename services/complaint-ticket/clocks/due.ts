import type { WorkingDayCalendar } from '#libs/law/calendar/working-day-calendar.ts';
import { endOfDay, partsOf, shanghaiDate, startOfDay } from '#libs/law/dates.ts';
import { countDays, remindersBefore } from '#libs/law/ticket/clock-days.ts';
import { REMINDED_BEFORE, type TicketClock, ticketDue } from '#libs/law/ticket/clocks.ts';
import type { Clock } from './clock.ts';

/** When the holder of a clock is reminded of a day, earliest first. */
export const remindersOf = (startedOn: string, dueOn: string, calendar: WorkingDayCalendar): string[] =>
  remindersBefore(startedOn, dueOn, REMINDED_BEFORE, calendar).map((day) => startOfDay(day).toISOString());

/** A clock before it belongs to a ticket. */
export type Due = Omit<Clock, 'ticket' | 'turn' | 'state' | 'missedAt' | 'endedAt'>;

/** A clock that starts now and runs to a day: by its usual working days, or to the day that somebody has set. */
export const dueFrom = (
  clock: TicketClock,
  now: string,
  calendar: WorkingDayCalendar,
  setTo?: string,
): Due => {
  const startedOn = shanghaiDate(new Date(now));
  const usual = ticketDue(clock, startedOn, calendar);
  const dueOn = setTo ?? usual.dueDate;
  return {
    ...{ clock, startedOn, dueOn, dueAt: endOfDay(dueOn).toISOString() },
    provisional: setTo === undefined ? usual.provisional : !calendar.isPublished(partsOf(setTo).year),
    calendarVersion: calendar.version,
    counted: countDays(startedOn, dueOn, calendar),
    byHand: setTo !== undefined,
    reminders: remindersOf(startedOn, dueOn, calendar),
  };
};
