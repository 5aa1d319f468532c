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
  ended_at: Date | null;
};

const columns = `ticket_id, clock, turn, state, started_on::text, due_on::text, due_at, provisional, calendar_version, counted,
  ended_at`;

const clockOf = (row: Row): Clock => ({
  ...{ ticket: row.ticket_id, clock: row.clock, turn: row.turn, state: row.state },
  ...{ startedOn: row.started_on, dueOn: row.due_on, dueAt: new Date(row.due_at).toISOString() },
  ...{ provisional: row.provisional, calendarVersion: row.calendar_version, counted: row.counted },
  endedAt: row.ended_at && new Date(row.ended_at).toISOString(),
});

/** Clocks of tickets, the earliest first, as far as the scope covers them. */
export const clocksOf = async (tx: Tx, tickets: readonly string[]): Promise<Clock[]> =>
  (
    await query<Row>(
      tx,
      `select ${columns} from ticket_clock where ticket_id = any($1::uuid[]) order by started_on, clock, turn`,
      [tickets],
    )
  ).map(clockOf);

/** Starts a clock of a ticket; one of its kind that still runs stops with it. */
export const startClock = async (
  tx: Tx,
  ticket: Pick<Ticket, 'id' | 'family' | 'source' | 'target'>,
  due: Due,
  now: string,
): Promise<void> => {
  await endClock(tx, ticket.id, [due.clock], 'STOPPED', now);
  await execute(
    tx,
    `insert into ticket_clock (ticket_id, clock, turn, person_id, source_place, target_place, state, started_on, due_on, due_at,
       provisional, calendar_version, counted)
     select $1, $2, count(*) + 1, $3, $4, $5, 'RUNNING', $6, $7, $8, $9, $10, $11::jsonb
     from ticket_clock where ticket_id = $1 and clock = $2`,
    [
      ...[ticket.id, due.clock, ticket.family, ticket.source.place, ticket.target.place, due.startedOn],
      ...[due.dueOn, due.dueAt, due.provisional, due.calendarVersion, JSON.stringify(due.counted)],
    ],
  );
};

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
