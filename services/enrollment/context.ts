import type { RequestContext } from '#libs/platform/service/context.ts';
import type { Registrations } from './queries.ts';

/** Context of one operation: who asks, and the batched reads. */
export type Context = RequestContext & { registrations: Registrations };
