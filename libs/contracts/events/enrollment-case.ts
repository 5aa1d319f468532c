import { z } from 'zod';
import { defineEvent } from '../envelope.ts';
import { Day, Place, SchoolCode, UnitCode, Uuid } from '../ids.ts';
import { EnrollmentCaseKind, EnrollmentCaseState } from '../vocabulary.ts';

/** The course of a case: whose turn it is and until when. What the case is about stays with its owner. */
export const EnrollmentCaseMoved = defineEvent({
  type: 'EnrollmentCaseMoved',
  source: 'enrollment',
  version: 1,
  summary: 'A case about a registration was opened, went on to another party, was given back, or ended.',
  data: z.object({
    case: Uuid,
    kind: EnrollmentCaseKind,
    person: Uuid,
    school: SchoolCode,
    place: Place,
    province: UnitCode,
    state: EnrollmentCaseState,
    /** Absent once the case has ended. */
    turn: z
      .object({
        party: z.enum(['SCHOOL', 'AUTHORITY', 'CITY']),
        unit: z.string(),
        dueOn: Day,
        provisional: z.boolean(),
      })
      .optional(),
    /** Files that lie with a case that is done: the archive files them (ARC-15); missing from events before they were told. */
    papers: z.array(Uuid).max(200).optional(),
  }),
});
