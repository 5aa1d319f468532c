/**
 * A subscription field and the query that answers it: run at the start and after every signal, in the caller's
 * name, until its state is one of the ends.
 */
export type LiveField = {
  query: string;
  /** Argument of the subscription -> argument of the query. */
  arguments: Readonly<Record<string, string>>;
  signal(args: Readonly<Record<string, unknown>>): string;
  /** Enum field of the result that tells when nothing more will follow. */
  state: { field: string; ends: readonly string[] };
};

/** Every subscription of the graph. */
export const liveFields: Readonly<Record<string, LiveField>> = {
  importProgress: {
    query: 'importJob',
    arguments: { job: 'id' },
    signal: ({ job }) => `import.${subjectPart(job)}`,
    state: { field: 'state', ends: ['DONE', 'FAILED'] },
  },
  transferUpdated: {
    query: 'transferCase',
    arguments: { transfer: 'id' },
    signal: ({ transfer }) => `transfer.${subjectPart(transfer)}`,
    state: {
      field: 'state',
      ends: ['HANDED_OVER', 'REJECTED', 'WITHDRAWN', 'PURGED', 'AUTO_CANCELLED', 'DISCARDED'],
    },
  },
  transferApplicationUpdated: {
    query: 'transferApplication',
    arguments: { application: 'id' },
    signal: ({ application }) => `transfer-application.${subjectPart(application)}`,
    state: { field: 'state', ends: ['DECLINED', 'WITHDRAWN', 'SUPERSEDED', 'COMPLETED', 'CASE_ENDED'] },
  },
  ticketUpdated: {
    query: 'ticket',
    arguments: { ticket: 'id' },
    signal: ({ ticket }) => `ticket.${subjectPart(ticket)}`,
    state: { field: 'state', ends: ['CLOSED', 'MERGED'] },
  },
};

/** An id as a part of a signal's subject: it can neither widen the subject nor break out of it. */
const subjectPart = (id: unknown): string => String(id).replaceAll(/[^A-Za-z0-9-]/g, '_');
