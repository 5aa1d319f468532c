import type { RequestContext } from '#libs/platform/service/context.ts';
import type { CaseReads } from './cases/case-reads.ts';
import type { TicketReads } from './tickets/ticket-reads.ts';

/** Context of one operation: who asks, and the batched reads. */
export type Context = RequestContext & { tickets: TicketReads; cases: CaseReads };
