import { readEvent } from '#libs/contracts/envelope.ts';
import { RegistrarReplaced } from '#libs/contracts/events/registrar.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import type { Projection } from '#libs/platform/events/projection.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { saveTickets } from '../tickets/save-ticket.ts';
import { ticketsWhere } from '../tickets/ticket-rows.ts';

/** Tickets of one round of statements. */
const AT_ONCE = 500;

type Core = Pick<ServiceCore, 'sealing' | 'clock'>;

/** Gives back to the unit what somebody worked on there. */
const release = async ({ sealing, clock }: Core, tx: Tx, unit: string, login: string): Promise<void> => {
  for (;;) {
    const tickets = await ticketsWhere(
      tx,
      `target_unit = $1 and assigned_to = $2 and ended_at is null order by ticket_id limit ${AT_ONCE} for update`,
      [unit, login],
    );
    const line = { act: 'RELEASED' as const, unit: null, by: null, inside: true };
    const changes = tickets.map((before) => ({
      before,
      change: { after: { ...before, assignedTo: null }, lines: [line] },
    }));
    if (changes.length > 0) await saveTickets(tx, sealing, clock.now(), changes);
    if (tickets.length < AT_ONCE) return;
  }
};

/**
 * The open tickets of somebody who has left the post are with the unit again, in the list of those that nobody works on: the
 * successor is trained and filed first, and no ticket waits for that (ACC-06).
 */
export const releasesTickets = (core: Core): Projection => ({
  name: 'ticket-hands',
  sources: ['organization'],
  types: [RegistrarReplaced.type],
  tables: [],
  apply: async (tx, events) => {
    for (const event of events) {
      const { workplace, subject } = readEvent(RegistrarReplaced, event);
      await release(core, tx, workplace, subject);
    }
  },
});
