import { TicketDueMoved } from '#libs/contracts/events/ticket.ts';
import { type TicketAct, ticketAfter } from '#libs/law/ticket/course.ts';
import { startClocks } from '../clocks/clock-rows.ts';
import { dueFrom } from '../clocks/due.ts';
import type { Work } from '../commands/on-ticket.ts';
import type { NewLine } from '../history/line.ts';
import { calendarOf } from '../standing/places.ts';
import type { Change } from '../tickets/save-ticket.ts';
import { courseState, isOpen, type Ticket } from '../tickets/ticket.ts';
import { ticketsWhere } from '../tickets/ticket-rows.ts';

/** True for a report that still runs and of whose state the act is one. */
export const isReportIn = (ticket: Ticket, act: TicketAct): boolean =>
  ticket.kind === 'REPORT' && isOpen(ticket) && ticketAfter(courseState(ticket), act) !== undefined;

/** The state to which an act leads; the present one where it is none of this state. */
export const stateAfter = (ticket: Ticket, act: TicketAct): Ticket['state'] =>
  ticketAfter(courseState(ticket), act) ?? ticket.state;

const complaintsOf = ({ tx, ticket }: Work): Promise<Ticket[]> =>
  ticketsWhere(tx, 'report_id = $1 order by ticket_id for update', [ticket.id]);

/** The complaints of a report go along with it. */
export const complaintsAlong = async (
  work: Work,
  act: TicketAct,
  line: NewLine,
): Promise<{ before: Ticket; change: Change }[]> =>
  (await complaintsOf(work)).map((before) => ({
    before,
    change: { after: { ...before, state: stateAfter(before, act) }, lines: [line] },
  }));

/** The complaints of a report that was answered and that still run: the province has its time for them anew (TKT-01). */
export const complaintsAnswered = async (
  work: Work,
  line: NewLine,
): Promise<{ before: Ticket; change: Change }[]> => {
  const { core, tx, now } = work;
  const open = (await complaintsOf(work)).filter(isOpen);
  const due = dueFrom('HANDLE', now, await calendarOf(core));
  await startClocks(
    tx,
    open.map((ticket) => ({ ticket, due })),
    now,
  );
  const data = { clock: 'HANDLE', dueOn: due.dueOn, provisional: due.provisional };
  return open.map((before) => ({
    before,
    change: { after: before, lines: [line], told: [{ kind: TicketDueMoved, data }] },
  }));
};
