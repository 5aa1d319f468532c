import { TicketClosed } from '#libs/contracts/events/ticket.ts';
import { stateBySlips } from '#libs/law/ticket/course.ts';
import type { SlipKind } from '#libs/law/ticket/slip.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import type { NewLine } from '../history/line.ts';
import type { Change } from '../tickets/save-ticket.ts';
import { courseState, isOpen, type Ticket } from '../tickets/ticket.ts';
import { ticketsWhere } from '../tickets/ticket-rows.ts';

/** The slips that hang on a complaint or report, locked, the earliest first. */
export const slipsUnder = (tx: Tx, { id }: Pick<Ticket, 'id'>): Promise<Ticket[]> =>
  ticketsWhere(tx, 'root_id = $1 and ticket_id <> $1 order by opened_at, ticket_id for update', [id]);

/** What hangs above a slip, where it stands with the slip as it has become. */
export const rootBySlips = async (tx: Tx, root: Ticket, slip: Ticket): Promise<Ticket> => {
  if (!isOpen(root)) return root;
  const others = (await slipsUnder(tx, root)).filter(({ id }) => id !== slip.id);
  const slips = [...others, slip].map(({ kind, state }) => ({ kind: kind as SlipKind, state }));
  const isReported = root.kind === 'REPORT' || root.report !== null;
  const without = isReported ? 'REPORT_ACCEPTED' : 'RECEIVED';
  return { ...root, state: stateBySlips(courseState(root), slips, without) };
};

/** Answers end with what they hang on. */
export const endedWith = (
  slips: readonly Ticket[],
  line: NewLine,
  now: string,
): { before: Ticket; change: Change }[] =>
  slips
    .filter(({ state }) => state === 'ANSWERED')
    .map((slip) => ({
      before: slip,
      change: {
        after: { ...slip, state: 'CLOSED', endedAt: now },
        ...{ lines: [line], told: [{ kind: TicketClosed }] },
      },
    }));

/** The complaints whose cause an issue is, locked. */
export const ticketsOfCause = (tx: Tx, { id }: Pick<Ticket, 'id'>): Promise<Ticket[]> =>
  ticketsWhere(tx, 'cause_id = $1 order by ticket_id for update', [id]);

/** The complaints that go on in another, be it by way of a third, locked. */
export const ticketsMergedInto = (tx: Tx, { id }: Pick<Ticket, 'id'>): Promise<Ticket[]> =>
  ticketsWhere(
    tx,
    `ticket_id in (with recursive merged as (
       select ticket_id from ticket where merged_into = $1
       union select t.ticket_id from ticket t join merged m on t.merged_into = m.ticket_id) select ticket_id from merged)
     order by ticket_id for update`,
    [id],
  );
