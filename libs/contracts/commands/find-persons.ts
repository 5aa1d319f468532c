import { z } from 'zod';
import { Uuid } from '../ids.ts';

/** Context under which the question of a search is sealed. */
export const findPersonsContext = (id: string): string => `find-persons:${id}`;

/** Who is looked for: number and name together, so that nobody is found by guessing one of them. */
export const Sought = z.object({ studentNumber: z.string().max(40), name: z.string().max(120) });
export type Sought = z.infer<typeof Sought>;

/**
 * A service that has authorised its caller asks identity who these are. The question travels sealed; the answer holds
 * opaque ids alone, in the order asked, null for nobody.
 */
export const findPersons = {
  subject: 'identity.find-persons',
  timeout: 10_000,
  request: z.object({
    id: Uuid,
    /** Array of Sought as JSON, at most 200, sealed under the id, base64. */
    sealed: z.string(),
  }),
  reply: z.object({ persons: z.array(Uuid.nullable()).max(200) }),
};
