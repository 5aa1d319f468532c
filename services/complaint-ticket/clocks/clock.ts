import type { CountedDays } from '#libs/law/ticket/clock-days.ts';
import type { TicketClock } from '#libs/law/ticket/clocks.ts';

/** RUNNING: it is waited for. MET: done in time or late. MISSED: its day passed and what follows was done. STOPPED: nobody waits any more. */
export type ClockState = 'RUNNING' | 'MET' | 'MISSED' | 'STOPPED';

/** Until when something of a ticket is to be done, computed once and kept with how it was counted. */
export type Clock = {
  ticket: string;
  clock: TicketClock;
  /** How many-th clock of its kind. */
  turn: number;
  state: ClockState;
  startedOn: string;
  dueOn: string;
  /** 24:00 of that day. */
  dueAt: string;
  provisional: boolean;
  calendarVersion: string;
  counted: CountedDays;
  endedAt: string | null;
};
