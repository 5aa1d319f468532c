import { z } from 'zod';
import { Place, Uuid } from '../ids.ts';

/** Services that hand out addresses of papers whose bytes another one keeps. */
export const PaperHolder = z.enum(['archive', 'certificate', 'identity']);
export type PaperHolder = z.infer<typeof PaperHolder>;

/**
 * Whoever keeps the bytes of a paper asks the service that gave out its address, when somebody comes to fetch it, whether it lies
 * there with that person (in a student's archive or a copy of it, as proof of a certificate, or with a change of key information), within what the reader may see now.
 */
export const paperAccessOf = (holder: PaperHolder) => ({
  subject: `${holder}.paper-access`,
  timeout: 5_000,
  request: z.object({
    person: Uuid,
    paper: Uuid,
    /** What the reader's standing covers: a range of the tree, or a list of persons. */
    scope: z.object({ lo: Place, hi: Place, persons: z.array(Uuid) }),
  }),
  reply: z.object({ granted: z.boolean() }),
});
