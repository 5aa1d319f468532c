import { z } from 'zod';
import { UnitCode } from '../ids.ts';
import { StudentNumberKind } from '../vocabulary.ts';
import { Claim, largestClaim } from './claim-persons.ts';

/** What a search finds for one form: nobody, somebody registered, or a number to be carried on. */
export const SearchAnswer = z.discriminatedUnion('outcome', [
  z.object({ intake: z.string(), outcome: z.literal('NONE') }),
  z.object({ intake: z.string(), outcome: z.literal('CONTINUES'), kind: StudentNumberKind }),
  z.object({
    intake: z.string(),
    outcome: z.literal('EXISTS'),
    kind: StudentNumberKind,
    authority: UnitCode,
    /** Only where the record is of the same school. */
    person: z.string().nullable(),
  }),
]);

/** The nationwide search without any effect: for previews, dry runs and the monthly batch (ID-17, PRV-15). */
export const searchPersons = {
  subject: 'identity.search-persons',
  timeout: 20_000,
  request: z.object({ claims: z.array(Claim).min(1).max(largestClaim) }),
  reply: z.object({ results: z.array(SearchAnswer) }),
};
export type SearchAnswer = z.infer<typeof SearchAnswer>;
