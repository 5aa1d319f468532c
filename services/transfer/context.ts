import type { RequestContext } from '#libs/platform/service/context.ts';
import type { ApplicationReads } from './applications/application-reads.ts';
import type { CaseReads } from './cases/case-reads.ts';

/** Context of one operation: who asks, and the batched reads. */
export type Context = RequestContext & { cases: CaseReads; applications: ApplicationReads };
