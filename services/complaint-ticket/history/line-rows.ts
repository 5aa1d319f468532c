import type { Sealing } from '#libs/platform/crypto/sealing.ts';
import { insertRows } from '#libs/platform/database/insert.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { query } from '#libs/platform/database/query.ts';
import type { Ticket } from '../tickets/ticket.ts';
import { type Line, type LineAct, type NewLine, noteContext } from './line.ts';

type Row = {
  ticket_id: string;
  line: number;
  at: Date;
  act: LineAct;
  unit: string | null;
  by_subject: string | null;
  to_unit: string | null;
  inside: boolean;
  sealed: Uint8Array | null;
};

const lineOf = (row: Row): Line => ({
  ...{ ticket: row.ticket_id, line: row.line, at: new Date(row.at).toISOString(), act: row.act },
  ...{ unit: row.unit, by: row.by_subject, toUnit: row.to_unit, inside: row.inside, sealed: row.sealed },
});

/** Lines of tickets, oldest first, as far as the scope covers them. */
export const linesOf = async (tx: Tx, tickets: readonly string[]): Promise<Line[]> =>
  (
    await query<Row>(
      tx,
      `select ticket_id, line, at, act, unit, by_subject, to_unit, inside, sealed from ticket_line
       where ticket_id = any($1::uuid[]) order by ticket_id, line`,
      [tickets],
    )
  ).map(lineOf);

/** The ticket whose history goes on, with the number of lines that it has, and what is added. */
export type Added = {
  ticket: Pick<Ticket, 'id' | 'family' | 'source' | 'target' | 'toldPlace' | 'lines'>;
  added: readonly NewLine[];
};

/** Adds lines to the history of tickets. */
export const addLines = async (
  tx: Tx,
  sealing: Sealing,
  at: string,
  histories: readonly Added[],
): Promise<void> => {
  await insertRows(
    tx,
    'ticket_line',
    [
      ['ticket_id', 'uuid'],
      ['line', 'int'],
      ['person_id', 'uuid'],
      ['source_place', 'bigint'],
      ['target_place', 'bigint'],
      ['told_place', 'bigint'],
      ['at', 'timestamptz'],
      ['act', 'text'],
      ['unit', 'text'],
      ['by_subject', 'text'],
      ['to_unit', 'text'],
      ['inside', 'boolean'],
      ['sealed', 'bytea'],
    ],
    histories.flatMap(({ ticket, added }) =>
      added.map(({ act, unit, by, toUnit, inside, words }, index) => {
        const line = ticket.lines + index + 1;
        const sealed = words === undefined ? null : sealing.seal(words, noteContext(ticket.id, String(line)));
        return [
          ...[ticket.id, line, ticket.family, ticket.source.place, ticket.target.place, ticket.toldPlace],
          ...[at, act, unit, by, toUnit ?? null, inside ?? false, sealed],
        ];
      }),
    ),
  );
};
