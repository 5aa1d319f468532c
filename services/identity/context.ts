import type { RequestContext } from '#libs/platform/service/context.ts';
import type { ChangeReads } from './key-change/change-reads.ts';
import type { People } from './queries.ts';

/** Context of one operation: who asks, and the batched reads. */
export type Context = RequestContext & { people: People; changes: ChangeReads };
