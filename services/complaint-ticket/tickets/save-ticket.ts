import type { EventKind } from '#libs/contracts/envelope.ts';
import type { Sealing } from '#libs/platform/crypto/sealing.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { type Recorded, recordEvents } from '#libs/platform/events/outbox.ts';
import type { NewLine } from '../history/line.ts';
import { addLines } from '../history/line-rows.ts';
import type { Ticket } from './ticket.ts';
import { insertTicket, keepDue, updateTicket } from './ticket-rows.ts';

/** What is told of a ticket beside the facts that every event carries. */
export type Told = { kind: EventKind; data?: Record<string, unknown> };

/** What becomes of a ticket: how it stands, what its history says of it, and what is told. */
export type Change = { after: Ticket; lines?: readonly NewLine[]; told?: readonly Told[] };

const factsOf = ({ id, kind, root, student, target, province }: Ticket) => ({
  ...{ ticket: id, kind, root, person: student, unit: target.code, place: target.place, province },
});

const eventsOf = (ticket: Ticket, before: number, told: readonly Told[]): Recorded[] =>
  told.map(({ kind, data = {} }, index) => ({
    kind,
    aggregate: `ticket:${ticket.id}`,
    version: before + index + 1,
    data: { ...factsOf(ticket), ...data },
  }));

/** Writes a ticket, its history and what is told of it, in one transaction. `before`: undefined for a new one. */
export const saveTicket = async (
  tx: Tx,
  sealing: Sealing,
  at: string,
  before: Ticket | undefined,
  { after, lines = [], told = [] }: Change,
): Promise<Ticket> => {
  const former = before ?? { lines: 0, version: 0, events: 0 };
  const saved: Ticket = {
    ...after,
    lines: former.lines + lines.length,
    version: former.version + 1,
    events: former.events + told.length,
  };
  await addLines(tx, sealing, { ...after, lines: former.lines }, at, lines);
  if (before === undefined) await insertTicket(tx, saved);
  else await updateTicket(tx, saved);
  await keepDue(tx, saved.id);
  await recordEvents(tx, at, eventsOf(saved, former.events, told));
  return saved;
};
