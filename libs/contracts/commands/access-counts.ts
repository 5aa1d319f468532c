import { z } from 'zod';
import { WarningTrigger } from '../events/security.ts';
import { Instant, SchoolCode, UnitCode } from '../ids.ts';

/** What one account did in one hour; no person is named. */
export const AccessCount = z.object({
  account: z.string().min(1).max(200),
  /** Where the account works. */
  workplace: z.union([UnitCode, SchoolCode]),
  trigger: WarningTrigger,
  /** The beginning of the hour. */
  from: Instant,
  count: z.int().min(1),
});
export type AccessCount = z.infer<typeof AccessCount>;

/**
 * What a service has on its log of access in whole hours that have passed, where it is enough for an early warning (PRV-08):
 * up to a day at once, from the first line after `after` on. `until`: how far that is; null where nothing has come since.
 */
export const accessCountsOf = (service: string) => ({
  subject: `${service}.access-counts`,
  timeout: 10_000,
  request: z.object({
    after: Instant.nullable(),
    /** From these figures on something is told. */
    levels: z.object({ massReadPersons: z.int(), exportPersons: z.int(), refusedSignIns: z.int() }),
  }),
  reply: z.object({ until: Instant.nullable(), counts: z.array(AccessCount) }),
});
