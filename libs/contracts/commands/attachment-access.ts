import { z } from 'zod';
import { Place, Uuid } from '../ids.ts';

/**
 * Whoever keeps the bytes of a paper asks the service of tickets, when somebody comes to fetch it, whether it lies with that ticket
 * and the reader takes part in it. `person`: the student whom the ticket is about, for the line that is written down.
 */
export const attachmentAccess = {
  subject: 'complaint-ticket.attachment-access',
  timeout: 5_000,
  request: z.object({
    ticket: Uuid,
    paper: Uuid,
    /** What the reader's standing covers: a range of the tree, or a list of persons. */
    scope: z.object({ lo: Place, hi: Place, persons: z.array(Uuid) }),
  }),
  reply: z.object({ granted: z.boolean(), person: Uuid.nullable() }),
};
