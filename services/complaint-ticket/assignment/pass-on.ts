import type { Tx } from '#libs/platform/database/orm.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { NewLine } from '../history/line.ts';
import { saveTickets } from '../tickets/save-ticket.ts';
import { ticketsWhere } from '../tickets/ticket-rows.ts';

/** Tickets that change hands with one round of statements. */
export const AT_ONCE = 500;

/** Whose tickets of a unit go on, and to whom; `to` is null where nobody works on them from then on. */
export type Passing = { unit: string; from: string; to: string | null; line: NewLine; at: string };

/** Passes open tickets on that somebody works on at a unit, so many at once; the ids of those that went. */
export const passOn = async (
  tx: Tx,
  { sealing }: Pick<ServiceCore, 'sealing'>,
  { unit, from, to, line, at }: Passing,
): Promise<string[]> => {
  const tickets = await ticketsWhere(
    tx,
    `target_unit = $1 and assigned_to = $2 and ended_at is null order by ticket_id limit ${AT_ONCE} for update`,
    [unit, from],
  );
  const changes = tickets.map((before) => ({
    before,
    change: { after: { ...before, assignedTo: to }, lines: [line] },
  }));
  if (changes.length > 0) await saveTickets(tx, sealing, at, changes);
  return tickets.map(({ id }) => id);
};
