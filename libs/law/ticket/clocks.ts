import type { WorkingDayCalendar } from '../calendar/working-day-calendar.ts';
import type { IsoDate } from '../dates.ts';
import { enforces } from '../enforces.ts';
import { addWorkingDays, type WorkingDayDeadline } from '../working-days.ts';
import type { SlipKind } from './slip.ts';

/** What of a ticket has a time. */
export type TicketClock =
  | 'ACKNOWLEDGE'
  | 'HANDLE'
  | 'REPORT_UP'
  | 'MINISTRY_ACCEPTS'
  | 'ACCEPT_ANSWER'
  | 'SLIP';

/** Working days of each clock (ours: the notice of 2016 gives none but for the date on a slip). */
export const TICKET_DAYS: Readonly<Record<TicketClock, number>> = {
  ACKNOWLEDGE: 3,
  HANDLE: 10,
  REPORT_UP: 3,
  MINISTRY_ACCEPTS: 5,
  ACCEPT_ANSWER: 5,
  SLIP: 10,
};

/** When a clock that starts now ends; for SLIP the date that is proposed to the issuer. */
export const ticketDue = (
  clock: TicketClock,
  start: Date | IsoDate,
  calendar: WorkingDayCalendar,
): WorkingDayDeadline => addWorkingDays(start, TICKET_DAYS[clock], calendar);

/** Working days before a due date on which its holder is reminded; on the day itself once more. */
export const REMINDED_BEFORE: readonly number[] = [3, 1, 0];

/** What a missed due date leads to: the slip that the administrative side is to issue, and where (TKT-15). */
export type Escalation = { task: 'SUPERVISION_SLIP'; at: 'SAME_LEVEL' | 'NEXT_LEVEL' };

/**
 * What follows when a slip has passed its due date without an answer: a verification slip asks for a supervision slip of the same
 * level, a supervision slip for one of the next level; the system only sets the task, the administrative department issues
 * it (TKT-08, TKT-15). Without grace, and never on a date that rests on an unpublished year.
 */
export const escalationOf = (
  slip: { kind: SlipKind; dueAt: Date; provisional: boolean; answeredAt: Date | null },
  now: Date,
): Escalation | undefined => {
  enforces('TKT-15');
  if (slip.provisional || slip.answeredAt !== null || now < slip.dueAt) return undefined;
  return { task: 'SUPERVISION_SLIP', at: slip.kind === 'VERIFICATION' ? 'SAME_LEVEL' : 'NEXT_LEVEL' };
};
