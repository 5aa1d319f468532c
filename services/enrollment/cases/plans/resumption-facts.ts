import { z } from 'zod';
import { Day } from '#libs/contracts/ids.ts';

/** What form F2 asks of a resumption. */
export const ResumptionFacts = z.object({
  resumeGrade: z.enum(['ORIGINAL_GRADE', 'CORRESPONDING_GRADE']),
  /** When the pupil was back at school. */
  returnedOn: Day,
});
export type ResumptionFacts = z.infer<typeof ResumptionFacts>;
