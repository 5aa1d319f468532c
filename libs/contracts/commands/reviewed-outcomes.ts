import { z } from 'zod';
import { OutcomeKind } from '../events/certificate.ts';
import { Uuid } from '../ids.ts';

/** How the studies of somebody ended by what the superior authority has reviewed. */
export const ReviewedOutcome = z.object({ person: Uuid, enrollment: Uuid, outcome: OutcomeKind });
export type ReviewedOutcome = z.infer<typeof ReviewedOutcome>;

/**
 * Asked of the service of certificates by enrollment before a senior student graduates or completes: the outcome that was
 * reviewed for the registration (CRT-02, CRT-07); none for those of whom there is none.
 */
export const reviewedOutcomes = {
  subject: 'certificate.reviewed-outcomes',
  timeout: 5_000,
  request: z.object({
    registrations: z.array(z.object({ person: Uuid, enrollment: Uuid })).max(200),
  }),
  reply: z.object({ outcomes: z.array(ReviewedOutcome) }),
};
