import type { RequestContext } from '#libs/platform/service/context.ts';
import type { Registrations } from './queries.ts';

export type EnrollmentContext = RequestContext & { registrations: Registrations };
