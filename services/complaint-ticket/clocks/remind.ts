import { TicketReminded } from '#libs/contracts/events/ticket.ts';
import { query } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { saveTickets } from '../tickets/save-ticket.ts';
import { ticketsWhere } from '../tickets/ticket-rows.ts';
import { tellTicket } from '../tickets/ticket-signal.ts';
import type { Clock } from './clock.ts';

const BATCH = 500;

type Reminder = Pick<Clock, 'ticket' | 'clock' | 'dueOn'>;

/** Reminds of due days that come near, each time once; who was not there for several is reminded once. True when there may be more. */
export const remindNext = async (core: ServiceCore): Promise<boolean> => {
  const now = core.clock.now();
  const reminded = await asWorker(core.worker, async (tx) => {
    const due = await query<Reminder>(
      tx,
      `with near as (
         select c.ticket_id, c.clock, c.turn from ticket_clock c join ticket t on t.ticket_id = c.ticket_id
         where c.state = 'RUNNING' and c.remind_at <= $1::timestamptz
         order by c.remind_at, c.ticket_id limit ${BATCH} for update of c, t skip locked)
       update ticket_clock c set remind_at = (select min(at) from unnest(c.reminders) as of(at) where at > $1::timestamptz)
       from near where c.ticket_id = near.ticket_id and c.clock = near.clock and c.turn = near.turn
       returning c.ticket_id as ticket, c.clock, c.due_on::text as "dueOn"`,
      [now],
    );
    const byTicket = Map.groupBy(due, ({ ticket }) => ticket);
    const tickets = await ticketsWhere(tx, 'ticket_id = any($1::uuid[])', [[...byTicket.keys()]]);
    const changes = tickets.map((before) => {
      const own = byTicket.get(before.id) ?? [];
      const told = own.map(({ clock, dueOn }) => ({ kind: TicketReminded, data: { clock, dueOn } }));
      const lines = own.map(() => ({ act: 'REMINDED' as const, unit: null, by: null, inside: true }));
      return { before, change: { after: before, lines, told } };
    });
    if (changes.length > 0) await saveTickets(tx, core.sealing, now, changes);
    return tickets.map(({ id }) => id);
  });
  for (const ticket of reminded) tellTicket(core, ticket);
  return reminded.length > 0;
};
