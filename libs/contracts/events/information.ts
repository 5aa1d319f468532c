import { z } from 'zod';
import { defineEvent } from '../envelope.ts';
import { Day, Place, SchoolCode, UnitCode, Uuid } from '../ids.ts';

const source = 'identity';

const Whereabouts = z.object({ person: Uuid, province: UnitCode, place: Place });

export const InfoUpdateState = z.enum([
  'SCHOOL_REVIEW',
  'AUTHORITY_REVIEW',
  'APPLIED',
  'REJECTED',
  'WITHDRAWN',
]);
export type InfoUpdateState = z.infer<typeof InfoUpdateState>;

/** Uploads that became papers with this move: whoever keeps the files keeps them for good, the archive files them. */
const papers = z.array(Uuid).max(40);

export const InfoUpdateMoved = defineEvent({
  type: 'InfoUpdateMoved',
  source,
  version: 1,
  summary:
    'A change of information was proposed, reviewed, escalated, applied, rejected or taken back (W-08).',
  data: Whereabouts.extend({
    update: Uuid,
    school: SchoolCode,
    depth: z.enum(['LIVING', 'IDENTITY']),
    channel: z.enum(['MOBILE', 'SCHOOL']),
    state: InfoUpdateState,
    /** Absent once it has ended. */
    turn: z
      .object({
        party: z.enum(['SCHOOL', 'AUTHORITY']),
        unit: z.string(),
        dueOn: Day,
        provisional: z.boolean(),
      })
      .optional(),
    papers,
  }),
});
