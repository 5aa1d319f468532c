import { type TicketAct, ticketAfter } from '#libs/law/ticket/course.ts';
import type { Work } from '../commands/on-ticket.ts';
import type { NewLine } from '../history/line.ts';
import type { Change } from '../tickets/save-ticket.ts';
import { courseState, isOpen, type Ticket } from '../tickets/ticket.ts';
import { ticketsWhere } from '../tickets/ticket-rows.ts';

/** True for a report that still runs and of whose state the act is one. */
export const isReportIn = (ticket: Ticket, act: TicketAct): boolean =>
  ticket.kind === 'REPORT' && isOpen(ticket) && ticketAfter(courseState(ticket), act) !== undefined;

/** The state to which an act leads; the present one where it is none of this state. */
export const stateAfter = (ticket: Ticket, act: TicketAct): Ticket['state'] =>
  ticketAfter(courseState(ticket), act) ?? ticket.state;

/** The complaints of a report go along with it. */
export const complaintsAlong = async (
  { tx, ticket }: Work,
  act: TicketAct,
  line: NewLine,
): Promise<{ before: Ticket; change: Change }[]> => {
  const found = await ticketsWhere(tx, 'report_id = $1 order by ticket_id for update', [ticket.id]);
  return found.map((before) => ({
    before,
    change: { after: { ...before, state: stateAfter(before, act) }, lines: [line] },
  }));
};
