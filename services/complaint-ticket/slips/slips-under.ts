import type { Tx } from '#libs/platform/database/orm.ts';
import type { Ticket } from '../tickets/ticket.ts';
import { ticketsWhere } from '../tickets/ticket-rows.ts';

/** The slips that hang on a complaint or report, locked, the earliest first. */
export const slipsUnder = (tx: Tx, { id }: Pick<Ticket, 'id'>): Promise<Ticket[]> =>
  ticketsWhere(tx, 'root_id = $1 and ticket_id <> $1 order by opened_at, ticket_id for update', [id]);

/** True where another slip of the kind still waits for its answer. */
export const isAnotherOut = async (tx: Tx, slip: Ticket): Promise<boolean> =>
  (await slipsUnder(tx, { id: slip.root })).some(
    ({ id, kind, state }) => id !== slip.id && kind === slip.kind && state === 'ISSUED',
  );

/** The complaints whose cause an issue is, locked. */
export const ticketsOfCause = (tx: Tx, { id }: Pick<Ticket, 'id'>): Promise<Ticket[]> =>
  ticketsWhere(tx, 'cause_id = $1 order by ticket_id for update', [id]);

/** The complaints that go on in another, locked. */
export const ticketsMergedInto = (tx: Tx, { id }: Pick<Ticket, 'id'>): Promise<Ticket[]> =>
  ticketsWhere(tx, 'merged_into = $1 order by ticket_id for update', [id]);
