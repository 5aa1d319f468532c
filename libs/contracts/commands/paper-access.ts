import { z } from 'zod';
import { Place, Uuid } from '../ids.ts';

/**
 * Whoever keeps the bytes of a paper asks the archive, when somebody comes to fetch it, whether it lies in that student's
 * archive, or in a copy of it, within what the reader may see now.
 */
export const paperAccess = {
  subject: 'archive.paper-access',
  timeout: 5_000,
  request: z.object({
    person: Uuid,
    paper: Uuid,
    /** What the reader's standing covers: a range of the tree, or a list of persons. */
    scope: z.object({ lo: Place, hi: Place, persons: z.array(Uuid) }),
  }),
  reply: z.object({ granted: z.boolean() }),
};
