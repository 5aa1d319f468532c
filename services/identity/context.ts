import type { RequestContext } from '#libs/platform/service/context.ts';
import type { People } from './queries.ts';

export type IdentityContext = RequestContext & { people: People };
