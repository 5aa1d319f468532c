import { z } from 'zod';
import { defineEvent } from '../envelope.ts';
import { Day, Place, SchoolCode, UnitCode, Uuid } from '../ids.ts';
import { KeyChangeKind, KeyChangeParty, KeyChangeState, NumberDeletionState } from '../vocabulary.ts';
import { CountedIdentity } from './identity.ts';

const source = 'identity';

const Whereabouts = z.object({ person: Uuid, province: UnitCode, place: Place });

/** Uploads that became papers with this move: whoever keeps the files keeps them for good. */
const papers = z.array(Uuid).max(20);

export const KeyInfoChangeMoved = defineEvent({
  type: 'KeyInfoChangeMoved',
  source,
  version: 1,
  summary:
    'A change of key information was asked for, went on to another party, was given back, or ended (W-07).',
  data: Whereabouts.extend({
    change: Uuid,
    kind: KeyChangeKind,
    school: SchoolCode,
    state: KeyChangeState,
    /** Absent once it has ended. */
    turn: z
      .object({ party: KeyChangeParty, unit: z.string(), dueOn: Day, provisional: z.boolean() })
      .optional(),
    papers,
  }),
});

export const KeyInfoChanged = defineEvent({
  type: 'KeyInfoChanged',
  source,
  version: 1,
  summary:
    'Key information of a person was changed after approval and both checks; what it was is kept (ID-12, ID-13).',
  data: Whereabouts.extend({ change: Uuid, counted: CountedIdentity }),
});

export const NumberReissued = defineEvent({
  type: 'NumberReissued',
  source,
  version: 1,
  summary:
    'A new resident ID number gave a new formal number; the old one still finds its person (ID-12, ID-32).',
  data: Whereabouts.extend({ change: Uuid, kind: z.literal('G_FORMAL') }),
});

export const NumberUpgraded = defineEvent({
  type: 'NumberUpgraded',
  source,
  version: 1,
  summary: 'A number without a resident ID number became one with it, after both checks (ID-09).',
  data: Whereabouts.extend({ change: Uuid, kind: z.literal('G_FORMAL') }),
});

export const NumberDeletionMoved = defineEvent({
  type: 'NumberDeletionMoved',
  source,
  version: 1,
  summary: 'A province asked for the deletion of a number, or the ministry decided on it (ID-11).',
  data: Whereabouts.extend({ deletion: Uuid, state: NumberDeletionState, papers }),
});

export const NumberDeleted = defineEvent({
  type: 'NumberDeleted',
  source,
  version: 1,
  summary: 'The ministry deleted a number on evidence of the province; person and history stay (ID-11).',
  data: Whereabouts.extend({ deletion: Uuid }),
});

export const NumberGivenAnew = defineEvent({
  type: 'NumberGivenAnew',
  source,
  version: 1,
  summary:
    'The registry authority gave a pupil whose number was deleted a temporary one; the deleted one still finds its person (ID-01, ID-11, ID-32).',
  data: Whereabouts.extend({ deletion: Uuid, kind: z.literal('L_TEMPORARY') }),
});
