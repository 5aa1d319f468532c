import type { CountedDays } from '#libs/law/ticket/clock-days.ts';
import type { TicketClock } from '#libs/law/ticket/clocks.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import type { Ticket } from '../tickets/ticket.ts';
import type { Clock, ClockState } from './clock.ts';
import type { Due } from './due.ts';

type Row = {
  ticket_id: string;
  clock: TicketClock;
  turn: number;
  state: ClockState;
  started_on: string;
  due_on: string;
  due_at: Date;
  provisional: boolean;
  calendar_version: string;
  counted: CountedDays;
  by_hand: boolean;
  reminders: Date[];
  missed_at: Date | null;
  ended_at: Date | null;
};

const columns = `ticket_id, clock, turn, state, started_on::text, due_on::text, due_at, provisional, calendar_version, counted,
  by_hand, reminders, missed_at, ended_at`;

const instant = (date: Date | null): string | null => date && new Date(date).toISOString();

const clockOf = (row: Row): Clock => ({
  ...{ ticket: row.ticket_id, clock: row.clock, turn: row.turn, state: row.state },
  ...{ startedOn: row.started_on, dueOn: row.due_on, dueAt: new Date(row.due_at).toISOString() },
  ...{ provisional: row.provisional, calendarVersion: row.calendar_version, counted: row.counted },
  ...{ byHand: row.by_hand, reminders: row.reminders.map((at) => new Date(at).toISOString()) },
  ...{ missedAt: instant(row.missed_at), endedAt: instant(row.ended_at) },
});

/** Clocks of which a condition is true, as far as the scope covers them; the condition is a text of this service. */
export const clocksWhere = async (
  tx: Tx,
  condition: string,
  parameters: readonly unknown[],
): Promise<Clock[]> =>
  (await query<Row>(tx, `select ${columns} from ticket_clock where ${condition}`, parameters)).map(clockOf);

/** Clocks of tickets, the earliest first. */
export const clocksOf = (tx: Tx, tickets: readonly string[]): Promise<Clock[]> =>
  clocksWhere(tx, 'ticket_id = any($1::uuid[]) order by started_on, clock, turn', [tickets]);

/** A clock that is to begin for a ticket. */
export type Starting = { ticket: Pick<Ticket, 'id' | 'family' | 'source' | 'target'>; due: Due };

/** Starts clocks; one of its kind that still runs for the ticket stops with it. */
export const startClocks = async (tx: Tx, starting: readonly Starting[], now: string): Promise<void> => {
  if (starting.length === 0) return;
  const ids = starting.map(({ ticket }) => ticket.id);
  const kinds = starting.map(({ due }) => due.clock);
  await execute(
    tx,
    `update ticket_clock c set state = 'STOPPED', ended_at = $3
     from unnest($1::uuid[], $2::text[]) as v (id, clock)
     where c.ticket_id = v.id and c.clock = v.clock and c.state = 'RUNNING'`,
    [ids, kinds, now],
  );
  await execute(
    tx,
    `insert into ticket_clock (ticket_id, clock, turn, person_id, source_place, target_place, state, started_on, due_on, due_at,
       provisional, calendar_version, counted, by_hand, reminders, remind_at)
     select v.id, v.clock, (select count(*) + 1 from ticket_clock c where c.ticket_id = v.id and c.clock = v.clock),
       v.person, v.source, v.target, 'RUNNING', v.started_on, v.due_on, v.due_at, v.provisional, v.calendar, v.counted,
       v.by_hand, array(select jsonb_array_elements_text(v.reminders)::timestamptz), v.remind_at
     from unnest($1::uuid[], $2::text[], $3::uuid[], $4::bigint[], $5::bigint[], $6::date[], $7::date[], $8::timestamptz[],
       $9::boolean[], $10::text[], $11::jsonb[], $12::boolean[], $13::jsonb[], $14::timestamptz[])
       as v (id, clock, person, source, target, started_on, due_on, due_at, provisional, calendar, counted, by_hand,
         reminders, remind_at)`,
    [
      ids,
      kinds,
      starting.map(({ ticket }) => ticket.family),
      starting.map(({ ticket }) => ticket.source.place),
      starting.map(({ ticket }) => ticket.target.place),
      starting.map(({ due }) => due.startedOn),
      starting.map(({ due }) => due.dueOn),
      starting.map(({ due }) => due.dueAt),
      starting.map(({ due }) => due.provisional),
      starting.map(({ due }) => due.calendarVersion),
      starting.map(({ due }) => JSON.stringify(due.counted)),
      starting.map(({ due }) => due.byHand),
      starting.map(({ due }) => JSON.stringify(due.reminders)),
      starting.map(({ due }) => due.reminders.find((at) => Date.parse(at) > Date.parse(now)) ?? null),
    ],
  );
};

/** Starts one clock of a ticket. */
export const startClock = (tx: Tx, ticket: Starting['ticket'], due: Due, now: string): Promise<void> =>
  startClocks(tx, [{ ticket, due }], now);

/** Ends the running clocks of these kinds; of every kind where none is named. */
export const endClock = (
  tx: Tx,
  ticket: string,
  clocks: readonly TicketClock[],
  state: Exclude<ClockState, 'RUNNING'>,
  now: string,
): Promise<number> =>
  execute(
    tx,
    `update ticket_clock set state = $3, ended_at = $4
     where ticket_id = $1 and state = 'RUNNING' and (cardinality($2::text[]) = 0 or clock = any($2::text[]))`,
    [ticket, [...clocks], state, now],
  );
