import { enforces } from '#libs/law/enforces.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { calendarOf } from '../standing/places.ts';
import { saveTickets } from '../tickets/save-ticket.ts';
import type { Ticket } from '../tickets/ticket.ts';
import { ticketsWhere } from '../tickets/ticket-rows.ts';
import { tellTicket } from '../tickets/ticket-signal.ts';
import type { Clock } from './clock.ts';
import { startClocks } from './clock-rows.ts';
import { type Batch, passedOver } from './consequences.ts';
import { dueFrom } from './due.ts';
import { treeNow } from './tree.ts';

/** Clocks of one transaction: few statements for many of them. */
const BATCH = 500;

type Passed = Pick<Clock, 'clock' | 'turn' | 'dueOn' | 'provisional'> & {
  ticket: string;
  root: string;
  dueAt: Date;
};

/** Clocks whose day is over, with the locks of their tickets and of what those hang on; whoever is at one of them is passed by. */
const takePassed = (tx: Tx, now: string): Promise<Passed[]> =>
  query<Passed>(
    tx,
    `select c.ticket_id as ticket, t.root_id as root, c.clock, c.turn, c.due_on::text as "dueOn", c.due_at as "dueAt",
       c.provisional
     from ticket_clock c join ticket t on t.ticket_id = c.ticket_id join ticket r on r.ticket_id = t.root_id
     where c.state = 'RUNNING' and c.missed_at is null and not c.provisional and c.due_at <= $1::timestamptz
     order by c.due_at, c.ticket_id limit ${BATCH} for update of c, t, r skip locked`,
    [now],
  );

const noteMissed = (tx: Tx, passed: readonly Passed[], now: string): Promise<number> =>
  execute(
    tx,
    `update ticket_clock c set missed_at = $4, remind_at = null
     from unnest($1::uuid[], $2::text[], $3::int[]) as v (id, clock, turn)
     where c.ticket_id = v.id and c.clock = v.clock and c.turn = v.turn`,
    [
      passed.map(({ ticket }) => ticket),
      passed.map(({ clock }) => clock),
      passed.map(({ turn }) => turn),
      now,
    ],
  );

const ticketsOf = async (tx: Tx, passed: readonly Passed[]): Promise<Map<string, Ticket>> => {
  const ids = [...new Set(passed.flatMap(({ ticket, root }) => [ticket, root]))];
  const found = await ticketsWhere(tx, 'ticket_id = any($1::uuid[])', [ids]);
  return new Map(found.map((ticket) => [ticket.id, ticket]));
};

/**
 * Does what follows from due days that have passed, each exactly once: the clock, the tickets and what is told change in one
 * transaction. A day that rests on an unpublished year fires nothing (ORG-28). True when there may be more.
 */
export const expireNext = async (core: ServiceCore): Promise<boolean> => {
  enforces('TKT-15', 'TKT-01');
  const now = core.clock.now();
  const [tree, calendar] = [await treeNow(core), await calendarOf(core)];
  const { count, told } = await asWorker(core.worker, async (tx) => {
    const passed = await takePassed(tx, now);
    if (passed.length === 0) return { count: 0, told: [] };
    const tickets = await ticketsOf(tx, passed);
    const batch: Batch = { changed: new Map(), anew: new Set() };
    for (const { clock, dueOn, dueAt, provisional, ...of } of passed) {
      const [ticket, root] = [tickets.get(of.ticket), tickets.get(of.root)];
      if (ticket === undefined || root === undefined) throw new Error('A clock runs for no ticket');
      const due = { dueOn, dueAt: new Date(dueAt).toISOString(), provisional };
      passedOver(batch, tree, { clock, due, ticket, root }, now);
    }
    await noteMissed(tx, passed, now);
    const anew = [...batch.anew].flatMap((id) => batch.changed.get(id)?.change.after ?? []);
    const due = dueFrom('HANDLE', now, calendar);
    await startClocks(
      tx,
      anew.map((ticket) => ({ ticket, due })),
      now,
    );
    await saveTickets(tx, core.sealing, now, [...batch.changed.values()]);
    return { count: passed.length, told: [...batch.changed.keys()] };
  });
  for (const ticket of told) tellTicket(core, ticket);
  return count > 0;
};
