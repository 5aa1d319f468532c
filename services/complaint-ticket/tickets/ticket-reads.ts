import DataLoader from 'dataloader';
import type { Tx } from '#libs/platform/database/orm.ts';
import { query } from '#libs/platform/database/query.ts';
import type { Reads } from '#libs/platform/database/reads.ts';
import { largestPage } from '#libs/platform/subgraph/connection.ts';
import { type Attachment, attachmentsOf } from '../attachments/attachment.ts';
import type { Clock } from '../clocks/clock.ts';
import { clocksOf } from '../clocks/clock-rows.ts';
import { correctionsOf, type TicketCorrection } from '../corrections/corrections.ts';
import type { Line } from '../history/line.ts';
import { linesOf } from '../history/line-rows.ts';
import type { Ticket } from './ticket.ts';
import { ticketsWhere } from './ticket-rows.ts';

/** Reads of one operation, batched; bound to the caller's scope by the database itself. */
export type TicketReads = {
  /** By ticket; null where there is none or the scope does not cover it. */
  byId: DataLoader<string, Ticket | null>;
  /** By student: the latest tickets about it, oldest first. */
  ofStudent: DataLoader<string, Ticket[]>;
  /** By complaint or report: the slips that hang on it, oldest first. */
  slips: DataLoader<string, Ticket[]>;
  /** By issue: the complaints of which it is the cause, oldest first. */
  ofCause: DataLoader<string, Ticket[]>;
  /** By ticket: its papers, for whoever takes part in it. */
  attachments: DataLoader<string, Attachment[]>;
  clocks: DataLoader<string, Clock[]>;
  lines: DataLoader<string, Line[]>;
  /** By ticket that the rows have shown: the orders to correct that rest on it. */
  corrections: DataLoader<string, TicketCorrection[]>;
  /** By ticket: who reported, sealed; null for whoever takes no part in it. */
  reporter: DataLoader<string, Uint8Array | null>;
};

const batch = { maxBatchSize: 200 };

const byTicket = <Row extends { ticket: string }>(
  read: Reads,
  rowsOf: (tx: Tx, tickets: readonly string[]) => Promise<Row[]>,
): DataLoader<string, Row[]> =>
  new DataLoader(async (ids) => {
    const found = Map.groupBy(await read((tx) => rowsOf(tx, ids)), ({ ticket }) => ticket);
    return ids.map((id) => found.get(id) ?? []);
  }, batch);

const latestOf = (tx: Tx, students: readonly string[]): Promise<Ticket[]> =>
  ticketsWhere(
    tx,
    `ticket_id in (select latest.ticket_id from unnest($1::uuid[]) as of(student) cross join lateral (
       select ticket_id from ticket where student_id = of.student
       order by opened_at desc, ticket_id desc limit $2) latest)
     order by opened_at, ticket_id`,
    [students, largestPage],
  );

export const createTicketReads = (read: Reads): TicketReads => ({
  byId: new DataLoader(async (ids) => {
    const rows = await read((tx) => ticketsWhere(tx, 'ticket_id = any($1::uuid[])', [[...ids]]));
    const found = new Map(rows.map((ticket) => [ticket.id, ticket]));
    return ids.map((id) => found.get(id) ?? null);
  }, batch),
  ofStudent: new DataLoader(async (students) => {
    const found = Map.groupBy(await read((tx) => latestOf(tx, students)), ({ student }) => student);
    return students.map((student) => found.get(student) ?? []);
  }, batch),
  slips: new DataLoader(async (roots) => {
    const rows = await read((tx) =>
      ticketsWhere(tx, 'root_id = any($1::uuid[]) and ticket_id <> root_id order by opened_at, ticket_id', [
        [...roots],
      ]),
    );
    const found = Map.groupBy(rows, ({ root }) => root);
    return roots.map((root) => found.get(root) ?? []);
  }, batch),
  ofCause: new DataLoader(async (causes) => {
    const rows = await read((tx) =>
      ticketsWhere(tx, 'cause_id = any($1::uuid[]) order by opened_at, ticket_id', [[...causes]]),
    );
    const found = Map.groupBy(rows, ({ cause }) => cause);
    return causes.map((cause) => found.get(cause) ?? []);
  }, batch),
  attachments: byTicket(read, attachmentsOf),
  clocks: byTicket(read, clocksOf),
  lines: byTicket(read, linesOf),
  corrections: byTicket(read, correctionsOf),
  reporter: new DataLoader(async (ids) => {
    const rows = await read((tx) =>
      query<{ ticket_id: string; sealed: Uint8Array }>(
        tx,
        'select ticket_id, sealed from ticket_reporter where ticket_id = any($1::uuid[])',
        [[...ids]],
      ),
    );
    const found = new Map(rows.map(({ ticket_id, sealed }) => [ticket_id, sealed]));
    return ids.map((id) => found.get(id) ?? null);
  }, batch),
});
