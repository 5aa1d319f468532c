import { z } from 'zod';
import { Day, Uuid } from '../ids.ts';

/** Context under which the answer is sealed. */
export const tellApplicantContext = (id: string): string => `tell-applicant:${id}`;

/** What the receiving school needs of a child whose guardian applies: by which name it is known, and the day of birth. */
export const Applicant = z.object({ name: z.string(), birthDate: Day });
export type Applicant = z.infer<typeof Applicant>;

/**
 * A service whose caller is the child's own guardian asks identity for the child's name and day of birth (TRF-05). The answer
 * travels sealed; null where nobody stands under the id.
 */
export const tellApplicant = {
  subject: 'identity.tell-applicant',
  timeout: 5_000,
  request: z.object({ id: Uuid, person: Uuid }),
  reply: z.object({
    /** `Applicant` as JSON, sealed under the id, base64. */
    sealed: z.string().nullable(),
  }),
};
