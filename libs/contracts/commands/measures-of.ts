import { z } from 'zod';
import { Day, Uuid } from '../ids.ts';

/** A disciplinary measure that an archive holds. */
export const MeasureTold = z.object({
  person: Uuid,
  level: z.enum(['EDUCATIONAL_MEASURE', 'WARNING', 'SERIOUS_WARNING', 'DEMERIT', 'PROBATION', 'EXPULSION']),
  decidedOn: Day,
  endsOn: Day.nullable(),
  revokedOn: Day.nullable(),
});
export type MeasureTold = z.infer<typeof MeasureTold>;

/** Asked of the archive: which measures stand against students whose outcome is judged (CRT-02). */
export const measuresOf = {
  subject: 'archive.measures-of',
  timeout: 5_000,
  request: z.object({ persons: z.array(Uuid).max(500) }),
  reply: z.object({ measures: z.array(MeasureTold) }),
};
