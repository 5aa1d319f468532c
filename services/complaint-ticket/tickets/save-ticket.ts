import type { EventKind } from '#libs/contracts/envelope.ts';
import type { Sealing } from '#libs/platform/crypto/sealing.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { type Recorded, recordEvents } from '#libs/platform/events/outbox.ts';
import type { NewLine } from '../history/line.ts';
import { addLines } from '../history/line-rows.ts';
import type { Ticket } from './ticket.ts';
import { insertTicket } from './ticket-rows.ts';
import { keepDue, type Moved, movePlaces, updateTickets } from './write-tickets.ts';

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

const counted = ({ lines, version, events }: Ticket, change: Change): Ticket => ({
  ...change.after,
  lines: lines + (change.lines?.length ?? 0),
  version: version + 1,
  events: events + (change.told?.length ?? 0),
});

/** Writes tickets as they have become, each with its history and what is told of it, any number with a few statements. */
export const saveTickets = async (
  tx: Tx,
  sealing: Sealing,
  at: string,
  changes: readonly { before: Ticket; change: Change }[],
): Promise<void> => {
  const moved: Moved[] = changes.map(({ before, change }) => ({ before, after: counted(before, change) }));
  await updateTickets(tx, moved);
  await movePlaces(tx, moved);
  const lines = changes.map(({ before, change }) => ({
    ticket: { ...change.after, lines: before.lines },
    added: change.lines ?? [],
  }));
  await addLines(tx, sealing, at, lines);
  await keepDue(
    tx,
    moved.map(({ after }) => after.id),
  );
  const told = moved.flatMap(({ before, after }, index) =>
    eventsOf(after, before.events, changes[index]?.change.told ?? []),
  );
  await recordEvents(tx, at, told);
};

/** Writes a new ticket with the first line of its history and what is told of it. */
export const saveNewTicket = async (tx: Tx, sealing: Sealing, at: string, change: Change): Promise<void> => {
  const made = counted({ ...change.after, lines: 0, version: 0, events: 0 }, change);
  await insertTicket(tx, made);
  await addLines(tx, sealing, at, [{ ticket: { ...made, lines: 0 }, added: change.lines ?? [] }]);
  await keepDue(tx, [made.id]);
  await recordEvents(tx, at, eventsOf(made, 0, change.told ?? []));
};
