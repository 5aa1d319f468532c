/**
 * A subscription field and the query that answers it: run at the start and after every change, in the caller's name,
 * until its state is one of the ends.
 */
export type LiveField = {
  query: string;
  /** Argument of the subscription that says whom it is about -> argument of the query. */
  about: { argument: string; of: string };
  /** Other arguments, which the query has by the same names. */
  passed?: readonly string[];
  /** The source whose events tell of changes, and what they are about; none where only signals do. */
  events?: { source: string; topic(id: string): string };
  /** What tells of a change that is no event: the signals' subject, and what of them says whom they are about. */
  signals: { subject: string; about: string };
  /** Field of the result that tells when nothing more will follow: an enum, where it has ends. */
  state: { field: string; ends: readonly string[] };
};

/** Every subscription of the graph. */
export const liveFields: Readonly<Record<string, LiveField>> = {
  importProgress: {
    query: 'importJob',
    about: { argument: 'job', of: 'id' },
    signals: { subject: 'import.*', about: 'job' },
    state: { field: 'state', ends: ['DONE', 'FAILED'] },
  },
  transferUpdated: {
    query: 'transferCase',
    about: { argument: 'transfer', of: 'id' },
    events: { source: 'transfer', topic: (id) => `transfer:${id}` },
    signals: { subject: 'transfer.*', about: 'transfer' },
    state: {
      field: 'state',
      ends: ['HANDED_OVER', 'REJECTED', 'WITHDRAWN', 'PURGED', 'AUTO_CANCELLED', 'DISCARDED'],
    },
  },
  transferApplicationUpdated: {
    query: 'transferApplication',
    about: { argument: 'application', of: 'id' },
    events: { source: 'transfer', topic: (id) => `transfer-application:${id}` },
    signals: { subject: 'transfer-application.*', about: 'application' },
    state: { field: 'state', ends: ['DECLINED', 'WITHDRAWN', 'SUPERSEDED', 'COMPLETED', 'CASE_ENDED'] },
  },
  ticketUpdated: {
    query: 'ticket',
    about: { argument: 'ticket', of: 'id' },
    events: { source: 'complaint-ticket', topic: (id) => `ticket:${id}` },
    signals: { subject: 'ticket.*', about: 'ticket' },
    state: { field: 'state', ends: ['CLOSED', 'MERGED'] },
  },
  statisticsUpdated: {
    query: 'enrollmentStatistics',
    about: { argument: 'scope', of: 'scope' },
    passed: ['by', 'filter'],
    signals: { subject: 'statistics.stock', about: 'scope' },
    state: { field: 'scope', ends: [] },
  },
};
