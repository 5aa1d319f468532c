import type { WorkingDayCalendar } from '#libs/law/calendar/working-day-calendar.ts';
import { endOfDay } from '#libs/law/dates.ts';
import { type CallUpClock, callUpDue } from '#libs/law/transfer/clocks.ts';
import { NATION } from '#libs/law/transfer/sides.ts';
import type { CallUp } from './call-up-rows.ts';

/** The call-up of a case whose last approval is now: ten working days of the nation's calendar (TRF-33). */
export const awaitedCallUp = (approvedAt: string, calendar: WorkingDayCalendar): CallUp => {
  const counted = callUpDue(new Date(approvedAt), NATION, calendar);
  const due = counted && {
    dueOn: counted.dueDate,
    provisional: counted.provisional,
    calendarVersion: counted.calendarVersion,
    ...(counted.counted ? { counted: counted.counted } : {}),
  };
  return { due: due ?? null, reportedOn: null, calledUpAt: null, calledUpBy: null };
};

/** The clock of a call-up as the law reads it: in time is strictly before the end of its day. */
export const clockOf = ({ due }: CallUp): CallUpClock | undefined =>
  due === null ? undefined : { dueAt: endOfDay(due.dueOn), provisional: due.provisional };
