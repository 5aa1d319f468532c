import type { OrgLevel, TicketKind } from '#libs/contracts/vocabulary.ts';
import { shanghaiDate } from '#libs/law/dates.ts';
import { lateFrom, monthOf } from '#libs/law/statistics/timeliness.ts';
import type { TicketClock } from '#libs/law/ticket/clocks.ts';
import { levelAt } from '../stock/blocks.ts';

/** What a unit owes for a ticket that it has: an answer to whoever filed it, or gave it out. */
export type AnswerClock = Extract<TicketClock, 'HANDLE' | 'SLIP' | 'MINISTRY_ACCEPTS'>;

/** A ticket that is open with a unit. */
export type TicketDue = {
  ticket: string;
  kind: TicketKind;
  unit: string;
  /** Where the unit stands in the tree. */
  place: number;
  /** What the unit still owes; null once it has answered and the ticket goes on. */
  clock: AnswerClock | null;
  /** The last day in time, where an event has told it. */
  dueOn: string | null;
  provisional: boolean;
  /** The last day in time, once it is on record that it has passed. */
  missedOn: string | null;
};

/**
 * What is counted of the unit that has a ticket. OVERDUE: missed and not answered, by the last day in time; the others by month.
 * ESCALATED: it went up from the unit, or the unit was to supervise it.
 */
type Counted =
  | `${'FILED' | 'IN_TIME' | 'LATE' | 'OVERDUE' | 'ESCALATED'}:${TicketKind}`
  | `MISSED:${TicketClock}`;

/** The same by the level of the unit, so that a province or the nation is read by level without its units. */
export type TicketMeasure = `${OrgLevel}:${Counted}`;

/** So many more or fewer at a place; `day`: the last day in time, or the first of the month. */
export type TicketDelta = { place: number; measure: TicketMeasure; day: string; n: number };

/** What an event means for the counts. `isNew`: the ticket comes to be, and does not begin again. */
export type TicketEvent = { ticket: string; at: string } & (
  | { does: 'BEGINS'; due: TicketDue; isNew: boolean }
  | { does: 'IS_MISSED'; clock: TicketClock; dueOn: string }
  | { does: 'IS_ANSWERED'; goesOn: boolean; next: AnswerClock | null }
  | { does: 'LAPSES' }
  | { does: 'GOES_UP'; unit: string; place: number }
  | { does: 'IS_MOVED'; clock: TicketClock; dueOn: string; provisional: boolean }
);

type Changed = { due: TicketDue | null; deltas: TicketDelta[] };

const firstOf = (day: string): string => `${monthOf(day)}-01`;
const dayOf = (at: string): string => shanghaiDate(new Date(at));

const inMonth = ({ place }: TicketDue, counted: Counted, day: string): TicketDelta => ({
  ...{ place, measure: `${levelAt(place)}:${counted}`, n: 1 },
  day: firstOf(day),
});

/** A missed ticket is overdue with its unit until it is answered, lapses, goes up or is given more time. */
const overdue = ({ place, kind, missedOn }: TicketDue, n: 1 | -1): TicketDelta[] =>
  missedOn === null ? [] : [{ place, measure: `${levelAt(place)}:OVERDUE:${kind}`, day: missedOn, n }];

const isLate = ({ missedOn, dueOn, provisional }: TicketDue, on: string): boolean =>
  missedOn !== null || (dueOn !== null && !provisional && on > dueOn);

const begin = (event: Extract<TicketEvent, { does: 'BEGINS' }>): Changed => {
  const { due, isNew } = event;
  return { due, deltas: isNew ? [inMonth(due, `FILED:${due.kind}`, dayOf(event.at))] : [] };
};

const miss = (due: TicketDue, { clock, dueOn }: Extract<TicketEvent, { does: 'IS_MISSED' }>): Changed => {
  const missed = inMonth(due, `MISSED:${clock}`, lateFrom(dueOn));
  if (clock !== due.clock || due.missedOn !== null) return { due, deltas: [missed] };
  const after = { ...due, dueOn, provisional: false, missedOn: dueOn };
  return { due: after, deltas: [missed, ...overdue(after, 1)] };
};

const answer = (due: TicketDue, event: Extract<TicketEvent, { does: 'IS_ANSWERED' }>): Changed => {
  const on = dayOf(event.at);
  const measure = isLate(due, on) ? (`LATE:${due.kind}` as const) : (`IN_TIME:${due.kind}` as const);
  const deltas = due.clock === null ? [] : [inMonth(due, measure, on), ...overdue(due, -1)];
  const after = { ...due, clock: event.next, dueOn: null, provisional: false, missedOn: null };
  return { due: event.goesOn ? after : null, deltas };
};

/** It goes up and its time begins anew, or stays where it was with the task of a slip (TKT-15). */
const goUp = (due: TicketDue, { unit, place, at }: Extract<TicketEvent, { does: 'GOES_UP' }>): Changed => {
  const escalated = inMonth(due, `ESCALATED:${due.kind}`, dayOf(at));
  if (unit === due.unit) return { due, deltas: [escalated] };
  const fresh = { clock: 'HANDLE' as const, dueOn: null, provisional: false, missedOn: null };
  return { due: { ...due, unit, place, ...fresh }, deltas: [escalated, ...overdue(due, -1)] };
};

const move = (due: TicketDue, event: Extract<TicketEvent, { does: 'IS_MOVED' }>): Changed => {
  if (event.clock !== due.clock) return { due, deltas: [] };
  const { dueOn, provisional } = event;
  return { due: { ...due, dueOn, provisional, missedOn: null }, deltas: overdue(due, -1) };
};

/** A ticket after an event of it, null where no unit has it any more, and what that adds to the counts (TKT-01, TKT-15). */
export const ticketAfterEvent = (due: TicketDue | null, event: TicketEvent): Changed => {
  if (event.does === 'BEGINS') return begin(event);
  if (due === null) return { due, deltas: [] };
  switch (event.does) {
    case 'IS_MISSED':
      return miss(due, event);
    case 'IS_ANSWERED':
      return answer(due, event);
    case 'LAPSES':
      return { due: null, deltas: overdue(due, -1) };
    case 'GOES_UP':
      return goUp(due, event);
    case 'IS_MOVED':
      return move(due, event);
    default:
      return event satisfies never;
  }
};
