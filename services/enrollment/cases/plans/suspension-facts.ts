import { z } from 'zod';
import { Day } from '#libs/contracts/ids.ts';

/** What form F2 asks of a suspension; the words of the reason are on the form itself. Hours are lesson hours. */
export const SuspensionFacts = z.object({
  ground: z.enum(['ILLNESS', 'INFECTIOUS_DISEASE', 'FORCE_MAJEURE', 'LONG_LEAVE', 'OTHER_SPECIAL']),
  from: Day,
  to: Day,
  missedHours: z.int().min(0).max(10_000).nullish(),
  termHours: z.int().min(1).max(10_000).nullish(),
  leaveKind: z.enum(['SICK', 'OTHER']).nullish(),
  stillUnable: z.boolean().nullish(),
  reasonGiven: z.boolean(),
});
export type SuspensionFacts = z.infer<typeof SuspensionFacts>;
