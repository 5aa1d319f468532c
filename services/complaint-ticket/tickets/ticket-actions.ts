import { type Actor, unitOf } from '#libs/platform/actor/actor.ts';
import { isGranted } from '#libs/platform/permissions/table.ts';
import { isOpen, type Ticket } from './ticket.ts';

/** What somebody may do with a ticket as it stands, for the buttons of a client. */
export const actionsOn = (ticket: Ticket, actor: Actor | null): 'ACKNOWLEDGE'[] => {
  if (actor === null || !isOpen(ticket) || unitOf(actor) !== ticket.target.code) return [];
  const may = ticket.kind === 'COMPLAINT' && ticket.acknowledgedAt === null;
  return may && isGranted(actor, 'ticket.handle') ? ['ACKNOWLEDGE'] : [];
};
