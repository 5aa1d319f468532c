import { z } from 'zod';
import { defineEvent } from '../envelope.ts';
import { Place, SchoolCode, UnitCode, Uuid } from '../ids.ts';

/** An authority wanted to refuse a registration for what is no reason; nothing changed but the monthly list. */
export const RegistrationRefusalBlocked = defineEvent({
  type: 'RegistrationRefusalBlocked',
  source: 'enrollment',
  version: 1,
  summary:
    'An authority wanted to refuse a new registration for a reason that is none; it was not let (ID-06, ENR-05, ENR-32, STA-11).',
  data: z.object({
    enrollment: Uuid,
    school: SchoolCode,
    place: Place,
    province: UnitCode,
    /** The authority, and where it stands in the tree. */
    unit: UnitCode,
    unitPlace: Place,
    /** The rules that the reason is against. */
    rules: z.array(z.string()).min(1).max(30),
  }),
});
