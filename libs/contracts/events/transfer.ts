import { z } from 'zod';
import { defineEvent } from '../envelope.ts';
import { Day, Instant, Place, SchoolCode, UnitCode, Uuid } from '../ids.ts';
import { TransferDecision, TransferKind, TransferParty } from '../vocabulary.ts';

const source = 'transfer';

const Side = z.object({ school: SchoolCode, place: Place, province: UnitCode, authority: UnitCode });

/** Whom a case is about, and between whom; what it rests on stays with its owner. */
const Case = z.object({ transfer: Uuid, person: Uuid, kind: TransferKind, source: Side, target: Side });

const OfStep = Case.extend({ party: TransferParty, unit: z.string() });
const reasons = z.array(z.string()).max(30);

export const TransferDrafted = defineEvent({
  type: 'TransferDrafted',
  source,
  version: 1,
  summary:
    'The registrar of the receiving school has put together a case; its head has yet to start it (W-09).',
  data: Case.extend({
    /** Uploads that became its papers: whoever keeps the files keeps them for good. */
    papers: z.array(Uuid).max(20),
  }),
});

export const TransferPapersHandedIn = defineEvent({
  type: 'TransferPapersHandedIn',
  source,
  version: 1,
  summary:
    'The receiving school has handed in further papers of a case before the last approval (TRF-22, TRF-30).',
  data: Case.extend({
    /** Uploads that became its papers: whoever keeps the files keeps them for good. */
    papers: z.array(Uuid).max(20),
  }),
});

export const TransferPrefiled = defineEvent({
  type: 'TransferPrefiled',
  source,
  version: 1,
  summary: 'The receiving school has filed a draft with the bureau, which decides before the start (TRF-46).',
  data: Case.extend({ nature: z.enum(['RETURNING_TO_CITY', 'MIGRANT_CHILD', 'OTHER']), filedOn: Day }),
});

export const TransferDiscarded = defineEvent({
  type: 'TransferDiscarded',
  source,
  version: 1,
  summary:
    'A draft or filing that never became a case was discarded: by its school, or over 90 days after it was made.',
  data: Case.extend({ by: z.enum(['SCHOOL', 'SYSTEM']) }),
});

export const TransferInitiated = defineEvent({
  type: 'TransferInitiated',
  source,
  version: 1,
  summary:
    'The head of the receiving school has started a case; a place is held for the pupil (TRF-02, TRF-09).',
  data: Case.extend({
    /** Instant from which it is purged if it is not finished; null where no text purges (TRF-34). */
    purgeAt: Instant.nullable(),
  }),
});

export const CrossProvinceStudyInitiated = defineEvent({
  type: 'CrossProvinceStudyInitiated',
  source,
  version: 1,
  summary:
    'The head of a school of another province has started the case of a graduate who goes on there (TRF-35, TRF-38, W-11).',
  data: Case.extend({
    /** Instant from which it is purged if it is not finished; null where no text purges (TRF-34). */
    purgeAt: Instant.nullable(),
  }),
});

export const TransferStepOpened = defineEvent({
  type: 'TransferStepOpened',
  source,
  version: 1,
  summary: 'It is the turn of a party of a case (TRF-03, TRF-04).',
  data: OfStep.extend({
    dueOn: Day,
    provisional: z.boolean(),
    /** The last day before it goes into the monthly report, vacations excepted (STA-01); absent: as `dueOn`. */
    reportDueOn: Day.optional(),
    reportProvisional: z.boolean().optional(),
    /** The turn of the plan: a later one tells that the earlier are over. */
    turn: z.int().min(0).optional(),
    /** Where the unit whose turn it is stands in the tree; absent: at the school of its side. */
    unitPlace: Place.optional(),
  }),
});

export const TransferStepDueMoved = defineEvent({
  type: 'TransferStepDueMoved',
  source,
  version: 1,
  summary: 'Working days or terms were published and the days of an open step were counted again (ORG-28).',
  data: OfStep.extend({
    dueOn: Day,
    provisional: z.boolean(),
    reportDueOn: Day,
    reportProvisional: z.boolean(),
  }),
});

export const SourceSchoolDecided = defineEvent({
  type: 'SourceSchoolDecided',
  source,
  version: 1,
  summary: 'The sending school has decided its step of a case.',
  data: OfStep.extend({ decision: TransferDecision, reasons }),
});

export const AuthorityDecided = defineEvent({
  type: 'AuthorityDecided',
  source,
  version: 1,
  summary: 'An authority has decided its step of a case.',
  data: OfStep.extend({ decision: TransferDecision, reasons }),
});

export const IllegalRejectionBlocked = defineEvent({
  type: 'IllegalRejectionBlocked',
  source,
  version: 1,
  summary:
    'A party wanted to refuse a case for a reason that is none; it was not let (TRF-02, TRF-52, STA-11).',
  data: OfStep.extend({
    reasons,
    /** The rules that the reasons are against. */
    rules: z.array(z.string()).max(30).optional(),
    /** Where the unit that refused stands in the tree; absent: at the school of its side. */
    unitPlace: Place.optional(),
  }),
});

export const StepOverdueRecorded = defineEvent({
  type: 'StepOverdueRecorded',
  source,
  version: 1,
  summary: 'A step was not done in its ten working days; the case goes on (TRF-03, STA-01).',
  data: OfStep.extend({ dueOn: Day }),
});

export const StepDueForReport = defineEvent({
  type: 'StepDueForReport',
  source,
  version: 1,
  summary:
    'A step was not done in ten working days, vacations excepted: its unit is named in the monthly report (STA-01).',
  data: OfStep.extend({
    /** The last day on which it would have been in time. */
    reportDueOn: Day,
  }),
});

export const TransferRejected = defineEvent({
  type: 'TransferRejected',
  source,
  version: 1,
  summary:
    'A case has ended by the refusal of a party, or because the law no longer let the registration move.',
  data: Case.extend({
    /** Whose refusal it was; null: the registration could not move any more. */
    party: TransferParty.nullable(),
    /** Codes of lawful reasons, or of findings. */
    reasons,
  }),
});

export const TransferWithdrawn = defineEvent({
  type: 'TransferWithdrawn',
  source,
  version: 1,
  summary: 'The guardian has withdrawn a case before its last approval.',
  data: Case,
});

export const TransferPurged = defineEvent({
  type: 'TransferPurged',
  source,
  version: 1,
  summary:
    'A case was purged that was not finished over 90 days after its start (TRF-34), or before its pupil graduated (ENR-31).',
  data: Case.extend({
    /** Absent: over 90 days. */
    cause: z.enum(['OVER_90_DAYS', 'GRADUATION']).optional(),
  }),
});

export const TransferGradeRemapped = defineEvent({
  type: 'TransferGradeRemapped',
  source,
  version: 1,
  summary: 'The pupil of a running case was promoted; the case goes on into the next grade (ENR-29).',
  data: Case.extend({ from: z.int(), to: z.int() }),
});

export const TransferSourceSucceeded = defineEvent({
  type: 'TransferSourceSucceeded',
  source,
  version: 1,
  summary:
    'The sending school of a running case was merged into another, which decides in its place from now on (W-09, ARC-13).',
  data: Case.extend({
    merger: Uuid,
    former: Side,
    /** Open steps that are another unit's from now on. */
    steps: z.array(z.object({ party: TransferParty, unit: z.string(), unitPlace: Place.optional() })).max(5),
  }),
});

export const FileCalledUp = defineEvent({
  type: 'FileCalledUp',
  source,
  version: 1,
  summary:
    'The receiving school has called up the file of a pupil from another province who has reported (TRF-32, W-10, W-11).',
  data: Case.extend({ reportedOn: Day }),
});

export const TransferAutoCancelled = defineEvent({
  type: 'TransferAutoCancelled',
  source,
  version: 1,
  summary:
    'Nobody called up the file within ten working days of the last approval: the case is cancelled and the registration stays where it is (TRF-33).',
  data: Case.extend({ dueOn: Day }),
});

export const TransferCompleted = defineEvent({
  type: 'TransferCompleted',
  source,
  version: 1,
  summary: 'Everybody has approved and the registration has moved (W-09).',
  data: Case.extend({ movedAt: Instant }),
});
