import type { RequestContext } from '#libs/platform/service/context.ts';
import type { ArchiveReads } from './archives/archive-reads.ts';
import type { LifeReads } from './timeline/life-reads.ts';

/** Context of one operation: who asks, and the batched reads. */
export type Context = RequestContext & { archives: ArchiveReads; lives: LifeReads };
