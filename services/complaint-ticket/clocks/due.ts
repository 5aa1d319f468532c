import type { WorkingDayCalendar } from '#libs/law/calendar/working-day-calendar.ts';
import { endOfDay, partsOf, shanghaiDate } from '#libs/law/dates.ts';
import { countDays } from '#libs/law/ticket/clock-days.ts';
import { type TicketClock, ticketDue } from '#libs/law/ticket/clocks.ts';
import type { Clock } from './clock.ts';

/** A clock before it belongs to a ticket. */
export type Due = Omit<Clock, 'ticket' | 'turn' | 'state' | 'endedAt'>;

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
  };
};
