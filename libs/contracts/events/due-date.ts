import { z } from 'zod';
import { defineEvent } from '../envelope.ts';
import { Day, Place, SchoolCode, UnitCode, Uuid } from '../ids.ts';

/** A day that waits for a registration moved with the calendar and not by anybody's doing. */
export const RegistrationDueMoved = defineEvent({
  type: 'RegistrationDueMoved',
  source: 'enrollment',
  version: 1,
  summary:
    'Working days were published and the day until which a registration waits was counted again (ORG-28).',
  data: z.object({
    person: Uuid,
    enrollment: Uuid,
    school: SchoolCode,
    place: Place,
    province: UnitCode,
    /** FIXED: it was provisional. MOVED: the year was issued anew. */
    change: z.enum(['FIXED', 'MOVED']),
    dueOn: Day,
  }),
});
