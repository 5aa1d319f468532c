import type { Envelope } from '#libs/contracts/envelope.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { query } from '#libs/platform/database/query.ts';
import type { Projection } from '#libs/platform/events/projection.ts';
import { addToDayCells, saveUnits } from '../timeliness/cell-rows.ts';
import { type TicketDelta, type TicketDue, type TicketEvent, ticketAfterEvent } from './course.ts';
import { loadDue, replaceDue } from './due-rows.ts';
import { readTicketEvent, TICKET_TYPES } from './read-event.ts';

/** One batch at a time: the widest cells would make them wait in any case. */
const takeTurn = (tx: Tx) => query(tx, 'select id from ticket_turn where id = 1 for update');

/** Units that have had a ticket, by their place in the tree. */
const unitsIn = (events: readonly TicketEvent[]): Map<number, string> =>
  new Map(
    events.flatMap((event): [number, string][] => {
      if (event.does === 'BEGINS') return [[event.due.place, event.due.unit]];
      return event.does === 'GOES_UP' ? [[event.place, event.unit]] : [];
    }),
  );

const apply = async (tx: Tx, envelopes: readonly Envelope[]): Promise<void> => {
  const events = envelopes.flatMap((envelope) => readTicketEvent(envelope) ?? []);
  if (events.length === 0) return;
  await takeTurn(tx);
  const known: Map<string, TicketDue | null> = await loadDue(
    tx,
    events.map(({ ticket }) => ticket),
  );
  const deltas: TicketDelta[] = [];
  for (const event of events) {
    const after = ticketAfterEvent(known.get(event.ticket) ?? null, event);
    known.set(event.ticket, after.due);
    deltas.push(...after.deltas);
  }
  await replaceDue(tx, known);
  await saveUnits(tx, 'ticket_unit', unitsIn(events));
  await addToDayCells(tx, 'ticket_cell', deltas);
};

/** Complaints and slips that units have, and the counts of what became of them in every block of the tree. */
export const ticketProjection: Projection = {
  name: 'tickets',
  sources: ['complaint-ticket'],
  tables: ['ticket_due', 'ticket_cell', 'ticket_unit'],
  types: TICKET_TYPES,
  apply,
};
