import type { CountedDays } from '#libs/law/ticket/clock-days.ts';
import type { TicketClock } from '#libs/law/ticket/clocks.ts';

/** RUNNING: it is waited for. MET: what it was about was done, in time or late. STOPPED: nobody waits any more. */
export type ClockState = 'RUNNING' | 'MET' | 'STOPPED';

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
  /** Somebody has set the day: no calendar counts it again. */
  byHand: boolean;
  /** Instants at which its holder is reminded, earliest first. */
  reminders: readonly string[];
  /** When it was put on record that its day had passed. */
  missedAt: string | null;
  endedAt: string | null;
};
