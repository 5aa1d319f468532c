import { TicketKind } from '#libs/contracts/vocabulary.ts';
import { type Columns, insertRows } from '#libs/platform/database/insert.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import type { AnswerClock, TicketDue } from './course.ts';

type Row = Omit<TicketDue, 'kind' | 'place' | 'clock'> & {
  kind: string;
  place: string;
  clock: AnswerClock | null;
};

const columns: Columns = [
  ['ticket_id', 'uuid'],
  ['kind', 'text'],
  ['unit', 'text'],
  ['place', 'bigint'],
  ['clock', 'text'],
  ['due_on', 'date'],
  ['provisional', 'boolean'],
  ['missed_on', 'date'],
];

/** The tickets of these ids that a unit has, by id. */
export const loadDue = async (tx: Tx, tickets: readonly string[]): Promise<Map<string, TicketDue>> => {
  const rows = await query<Row>(
    tx,
    `select ticket_id as ticket, kind, unit, place, clock, due_on::text as "dueOn", provisional,
            missed_on::text as "missedOn"
     from ticket_due where ticket_id = any($1::uuid[])`,
    [tickets],
  );
  const read = (row: Row): TicketDue => ({
    ...row,
    kind: TicketKind.parse(row.kind),
    place: Number(row.place),
  });
  return new Map(rows.map((row) => [row.ticket, read(row)]));
};

/** Writes tickets in place of what was known of them; one that no unit has any more is gone. */
export const replaceDue = async (tx: Tx, known: ReadonlyMap<string, TicketDue | null>): Promise<void> => {
  await execute(tx, 'delete from ticket_due where ticket_id = any($1::uuid[])', [[...known.keys()]]);
  const open = [...known.values()].flatMap((due) => due ?? []);
  await insertRows(
    tx,
    'ticket_due',
    columns,
    open.map((due) => [
      ...[due.ticket, due.kind, due.unit, due.place, due.clock, due.dueOn, due.provisional, due.missedOn],
    ]),
  );
};
