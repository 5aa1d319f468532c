import { z } from 'zod';
import { defineEvent } from '../envelope.ts';
import { Place, SchoolCode, UnitCode, Uuid } from '../ids.ts';

const source = 'enrollment';

const Whereabouts = z.object({
  person: Uuid,
  enrollment: Uuid,
  school: SchoolCode,
  place: Place,
  province: UnitCode,
});

/** On purpose it does not say which mark: where a child is taught or held is nobody's but the school's and its authority's. */
export const EnrollmentMarksChanged = defineEvent({
  type: 'EnrollmentMarksChanged',
  source,
  version: 1,
  summary:
    'A mark beside the state of a registration was set or taken away; the state is the same (ENR-22, ENR-57).',
  data: Whereabouts,
});

export const StudentAwayReported = defineEvent({
  type: 'StudentAwayReported',
  source,
  version: 1,
  summary: 'A pupil who is missing or held was reported to the authority; the registration is kept (ENR-62).',
  data: Whereabouts,
});

export const CancellationRefused = defineEvent({
  type: 'CancellationRefused',
  source,
  version: 1,
  summary:
    'Somebody asked to cancel a registration for another reason than a death and was refused (ENR-64).',
  data: Whereabouts.extend({ reason: z.enum(['AWAY', 'DUPLICATE', 'DROPOUT', 'OTHER']) }),
});

export const GuardianContacted = defineEvent({
  type: 'GuardianContacted',
  source,
  version: 1,
  summary: 'The school put a contact with the family on record (ENR-50, ENR-54).',
  data: Whereabouts.extend({ contact: Uuid, about: z.enum(['SUSPENSION', 'ABSENCE', 'DROPOUT', 'OTHER']) }),
});
