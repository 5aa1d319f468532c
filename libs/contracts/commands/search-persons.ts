import { z } from 'zod';
import { StudentNumberKind } from '../vocabulary.ts';
import { alike, Claim, KnownRecord, largestClaim } from './claim-persons.ts';

/** By what forms are told from one another before any of them is claimed; `value` means nothing elsewhere. */
const traits = z.array(z.object({ kind: z.enum(['CLAIM', 'KIN', 'OPEN', 'PROVEN']), value: z.string() }));

/** What a search finds for one form: nobody, somebody registered, or a number to be carried on. */
export const SearchAnswer = z.discriminatedUnion('outcome', [
  z.object({ intake: z.string(), outcome: z.literal('NONE'), alike, traits }),
  z.object({
    intake: z.string(),
    outcome: z.literal('CONTINUES'),
    kind: StudentNumberKind,
    alike,
    traits,
  }),
  z.object({ intake: z.string(), outcome: z.literal('EXISTS'), ...KnownRecord.shape, traits }),
]);

/** The nationwide search without any effect: for previews, dry runs and the monthly batch (ID-17, PRV-15). */
export const searchPersons = {
  subject: 'identity.search-persons',
  timeout: 20_000,
  request: z.object({ claims: z.array(Claim).min(1).max(largestClaim) }),
  reply: z.object({ results: z.array(SearchAnswer) }),
};
export type SearchAnswer = z.infer<typeof SearchAnswer>;
