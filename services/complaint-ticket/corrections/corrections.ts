import { type Envelope, readEvent } from '#libs/contracts/envelope.ts';
import {
  CorrectionClosed,
  CorrectionDueMoved,
  CorrectionEscalated,
  type CorrectionFact,
  CorrectionOrdered,
  CorrectionReported,
  CorrectionReturned,
} from '#libs/contracts/events/correction.ts';
import { type Columns, insertRows } from '#libs/platform/database/insert.ts';
import type { SchemaStep } from '#libs/platform/database/migrate.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { query } from '#libs/platform/database/query.ts';
import type { Projection } from '#libs/platform/events/projection.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';

const kinds = [
  ...[CorrectionOrdered, CorrectionReported, CorrectionReturned, CorrectionClosed],
  ...[CorrectionEscalated, CorrectionDueMoved],
];

/** An order to correct that rests on a ticket, as organization has told of it; it names no child. */
export type TicketCorrection = Omit<CorrectionFact, 'province' | 'ticket' | 'kind'> & { ticket: string };

/** Which orders rest on which tickets: read after the rows have shown the ticket. */
export const correctionsStep: SchemaStep = {
  name: '022-corrections',
  statements: ({ app }) => [
    `create table ticket_correction (
      order_id uuid primary key, ticket_id uuid not null, target text not null, ordered_by text not null,
      state text not null, due_on date not null, provisional boolean not null, escalated_to text)`,
    `create index ticket_correction_ticket on ticket_correction (ticket_id, order_id)`,
    `revoke insert, update, delete on ticket_correction from ${app}`,
  ],
};

const columns: Columns = [
  ['order_id', 'uuid'],
  ['ticket_id', 'uuid'],
  ['target', 'text'],
  ['ordered_by', 'text'],
  ['state', 'text'],
  ['due_on', 'date'],
  ['provisional', 'boolean'],
  ['escalated_to', 'text'],
];

const factOf = (event: Envelope): CorrectionFact | undefined => {
  const kind = kinds.find(({ type }) => type === event.type);
  return kind && readEvent(kind, event);
};

/** Every event of an order tells how it stands now: the last of a run is written. */
const apply = async (tx: Tx, events: readonly Envelope[]): Promise<void> => {
  const facts = events.flatMap((event) => factOf(event) ?? []);
  const last = new Map(facts.flatMap((fact) => (fact.ticket ? [[fact.order, fact] as const] : [])));
  await insertRows(
    tx,
    'ticket_correction',
    columns,
    [...last.values()].map((fact) => [
      ...[fact.order, fact.ticket, fact.target, fact.orderedBy, fact.state, fact.dueOn],
      ...[fact.provisional, fact.escalatedTo],
    ]),
    `on conflict (order_id) do update set state = excluded.state, due_on = excluded.due_on,
       provisional = excluded.provisional, escalated_to = excluded.escalated_to`,
  );
};

/** The orders to correct that rest on tickets, each as it stands at its owner. */
export const followsCorrections = (core: Pick<ServiceCore, 'bus'>): Projection => ({
  name: 'ticket-corrections',
  sources: ['organization'],
  tables: ['ticket_correction'],
  types: kinds.map(({ type }) => type),
  apply,
  applied: (events) => {
    for (const { ticket } of events.flatMap((event) => factOf(event) ?? []))
      if (ticket) core.bus.signal(`ticket.${ticket}`, { ticket });
  },
});

/** The orders that rest on tickets, the first given first. */
export const correctionsOf = (tx: Tx, tickets: readonly string[]): Promise<TicketCorrection[]> =>
  query<TicketCorrection>(
    tx,
    `select order_id as "order", ticket_id as ticket, target, ordered_by as "orderedBy", state, due_on::text as "dueOn",
       provisional, escalated_to as "escalatedTo"
     from ticket_correction where ticket_id = any($1::uuid[]) order by order_id`,
    [tickets],
  );
