import { type Envelope, readEvent } from '#libs/contracts/envelope.ts';
import { ArchiveEntryAdded } from '#libs/contracts/events/archive.ts';
import { SchoolingCertificateDrafted } from '#libs/contracts/events/certificate.ts';
import { InfoUpdateMoved } from '#libs/contracts/events/information.ts';
import { KeyInfoChangeMoved, NumberDeletionMoved } from '#libs/contracts/events/key-change.ts';
import { ProblemRecordMoved } from '#libs/contracts/events/problem-record.ts';
import { TicketPapersAdded } from '#libs/contracts/events/ticket.ts';
import { TransferDrafted, TransferPapersHandedIn } from '#libs/contracts/events/transfer.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute } from '#libs/platform/database/query.ts';
import type { Projection } from '#libs/platform/events/projection.ts';

/** Events that name the uploads which became papers with them. */
const kinds = [
  KeyInfoChangeMoved,
  NumberDeletionMoved,
  InfoUpdateMoved,
  ProblemRecordMoved,
  TransferDrafted,
  TransferPapersHandedIn,
  SchoolingCertificateDrafted,
  ArchiveEntryAdded,
  TicketPapersAdded,
] as const;

const papersOf = (event: Envelope): readonly string[] => {
  const kind = kinds.find(({ type }) => type === event.type);
  return kind === undefined ? [] : (readEvent(kind, event).papers ?? []);
};

const keep = (tx: Tx, papers: readonly string[], at: string) =>
  execute(tx, 'update upload set taken_at = $2 where upload_id = any($1::uuid[]) and taken_at is null', [
    papers,
    at,
  ]);

/**
 * Held uploads that became papers of something in identity, of a transfer, of a certificate, of an archive or of a ticket,
 * are swept away no more.
 */
export const takenPapers: Projection = {
  name: 'enrollment-taken-papers',
  sources: ['identity', 'transfer', 'certificate', 'archive', 'complaint-ticket'],
  types: kinds.map(({ type }) => type),
  tables: [],
  apply: async (tx, events) => {
    for (const event of events) {
      const papers = papersOf(event);
      if (papers.length > 0) await keep(tx, papers, event.time);
    }
  },
};
