import { z } from 'zod';
import { defineEvent } from '../envelope.ts';
import { Day, Place, UnitCode, Uuid } from '../ids.ts';
import { ProblemRecordKind } from '../vocabulary.ts';

const source = 'identity';

const Whereabouts = z.object({ person: Uuid, province: UnitCode, place: Place });

export const ProblemRecordState = z.enum([
  'OPEN',
  'VERIFYING',
  'DISMISSED',
  'SETTLING',
  'PASSED_ON',
  'DELETION_REQUESTED',
  'RESOLVED',
  'OUT_OF_SCOPE',
]);
export type ProblemRecordState = z.infer<typeof ProblemRecordState>;

export const ProblemRecordMoved = defineEvent({
  type: 'ProblemRecordMoved',
  source,
  version: 1,
  summary: 'A problem record was opened, verified, settled, passed on, resolved, or left the scope (W-22).',
  data: Whereabouts.extend({
    problem: Uuid,
    kind: ProblemRecordKind,
    state: ProblemRecordState,
    /** Code of the school or unit whose turn it is; absent once nobody has anything to do. */
    turn: z.object({ unit: z.string(), dueOn: Day, provisional: z.boolean() }).optional(),
    /** Uploads that became papers with this move: whoever keeps the files keeps them for good. */
    papers: z.array(Uuid).max(20),
  }),
});

export const RecordsMerged = defineEvent({
  type: 'RecordsMerged',
  source,
  version: 1,
  summary:
    'Two records of one child became one: every number of the one that fell finds the person who stands (ID-01, ID-18).',
  data: Whereabouts.extend({
    /** Whose record fell; `person` stands. */
    fell: Uuid,
    problem: Uuid,
    /** The decision ended the registration of the one that fell, which still ran. */
    endsRegistration: z.boolean().optional(),
  }),
});
