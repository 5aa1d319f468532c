import { z } from 'zod';
import { defineEvent } from '../envelope.ts';
import { Place, SchoolCode, UnitCode, Uuid } from '../ids.ts';
import { EnrollmentStatus } from '../vocabulary.ts';
import { GradePosition } from './enrollment-status.ts';

const source = 'enrollment';

/** A school, and where it stands in the tree. */
const Seat = z.object({ school: SchoolCode, place: Place, province: UnitCode });

export const EnrollmentMoved = defineEvent({
  type: 'EnrollmentMoved',
  source,
  version: 1,
  summary:
    'A registration goes on at the school into which its own one was merged: same person, same registration, same number.',
  data: Seat.extend({
    person: Uuid,
    enrollment: Uuid,
    status: EnrollmentStatus,
    position: GradePosition,
    merger: Uuid,
    from: Seat,
  }),
});

export const SchoolCleared = defineEvent({
  type: 'SchoolCleared',
  source,
  version: 1,
  summary: 'Nothing that enrollment keeps is left at a school that goes on in another one.',
  data: Seat.extend({
    merger: Uuid,
    /** The school that goes on. */
    into: Seat,
    /** Registrations that went along. */
    moved: z.int().min(0),
  }),
});
