import type { HeldPaper } from '#libs/contracts/commands/hold-evidence.ts';
import { insertRows } from '#libs/platform/database/insert.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { query } from '#libs/platform/database/query.ts';
import type { Ticket } from '../tickets/ticket.ts';

/** A paper that lies with a ticket; the bytes are kept elsewhere. */
export type Attachment = {
  ticket: string;
  upload: string;
  mediaType: HeldPaper['mediaType'];
  size: number;
  /** Whose paper it is. */
  unit: string;
  addedAt: string;
};

type Row = Omit<Attachment, 'addedAt'> & { at: Date };

/** Papers of tickets, oldest first, for whoever takes part in them. */
export const attachmentsOf = async (tx: Tx, tickets: readonly string[]): Promise<Attachment[]> =>
  (
    await query<Row>(
      tx,
      `select ticket_id as ticket, upload_id as upload, media_type as "mediaType", size::int as size, unit, added_at as at
       from ticket_paper where ticket_id = any($1::uuid[]) order by added_at, upload_id`,
      [tickets],
    )
  ).map(({ at, ...row }) => ({ ...row, addedAt: new Date(at).toISOString() }));

/** Puts papers to a ticket; their files are held for it already. */
export const addAttachments = async (
  tx: Tx,
  { id, family, source, target }: Ticket,
  papers: readonly HeldPaper[],
  by: { unit: string; subject: string; at: string },
): Promise<void> => {
  await insertRows(
    tx,
    'ticket_paper',
    [
      ['ticket_id', 'uuid'],
      ['upload_id', 'uuid'],
      ['person_id', 'uuid'],
      ['source_place', 'bigint'],
      ['target_place', 'bigint'],
      ['file_id', 'uuid'],
      ['media_type', 'text'],
      ['size', 'bigint'],
      ['unit', 'text'],
      ['added_by', 'text'],
      ['added_at', 'timestamptz'],
    ],
    papers.map(({ upload, file, mediaType, size }) => [
      ...[id, upload, family, source.place, target.place],
      ...[file, mediaType, size, by.unit, by.subject, by.at],
    ]),
  );
};
