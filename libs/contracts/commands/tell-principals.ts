import { z } from 'zod';
import { SchoolCode, Uuid } from '../ids.ts';

/** Context under which the answer is sealed. */
export const tellPrincipalsContext = (id: string): string => `tell-principals:${id}`;

/** Who answers first for a school, under which name certificates have the place of a seal (forms F4 and F5). */
export const Principal = z.object({ school: SchoolCode, name: z.string() });
export type Principal = z.infer<typeof Principal>;

/**
 * The service of certificates asks organization for the principals of schools that give certificates; nobody else does. The answer
 * travels sealed under the id; of a school that has filed none nothing is told.
 */
export const tellPrincipals = {
  subject: 'organization.tell-principals',
  timeout: 5_000,
  request: z.object({ id: Uuid, schools: z.array(SchoolCode).max(500) }),
  reply: z.object({
    /** `Principal[]` as JSON, sealed under the id, base64. */
    sealed: z.string(),
  }),
};
