import { z } from 'zod';
import { defineEvent } from '../envelope.ts';
import { Day, Place, SchoolCode, UnitCode, Uuid } from '../ids.ts';
import { Stage } from '../vocabulary.ts';

const source = 'enrollment';

/** A place that a school has granted to a new pupil; the child itself stays with its owner, sealed. */
const Granted = z.object({
  entryPlace: Uuid,
  school: SchoolCode,
  place: Place,
  province: UnitCode,
  stage: Stage,
  schoolYear: z.int(),
});

export const PlaceGranted = defineEvent({
  type: 'PlaceGranted',
  source,
  version: 1,
  summary: 'A school granted a place to a new pupil who has yet to come (W-03, W-06).',
  data: Granted,
});
export const EntryExtended = defineEvent({
  type: 'EntryExtended',
  source,
  version: 1,
  summary: 'A child with a place was given more time for the formalities (ENR-13).',
  data: Granted.extend({ until: Day }),
});
export const EntryFormalitiesDone = defineEvent({
  type: 'EntryFormalitiesDone',
  source,
  version: 1,
  summary: 'A child with a place came and was registered (W-03).',
  data: Granted.extend({ person: Uuid }),
});
export const NoShowDetected = defineEvent({
  type: 'NoShowDetected',
  source,
  version: 1,
  summary: 'Somebody with a place, or admitted, has not come in time (ENR-14).',
  data: z.object({
    /** The place granted, or the admission. */
    subject: Uuid,
    person: Uuid.nullable(),
    school: SchoolCode,
    place: Place,
    province: UnitCode,
    stage: Stage,
  }),
});
export const DropoutLedgerOpened = defineEvent({
  type: 'DropoutLedgerOpened',
  source,
  version: 1,
  summary: 'A no-show of compulsory education came into the dropout ledger (ENR-14).',
  data: z.object({ subject: Uuid, entry: Uuid, school: SchoolCode, place: Place, province: UnitCode }),
});
export const ImproperAdmissionReported = defineEvent({
  type: 'ImproperAdmissionReported',
  source,
  version: 1,
  summary: 'A school reported that a place was won by improper means (ENR-15).',
  data: z.object({ admission: Uuid, person: Uuid, school: SchoolCode, place: Place, province: UnitCode }),
});

/** A deferral of a child that has no registration; no person. */
const Deferral = z.object({
  deferral: Uuid,
  county: UnitCode,
  place: Place,
  province: UnitCode,
  schoolYear: z.int(),
});

const deferral = <Type extends string>(type: Type, summary: string) =>
  defineEvent({ type, source, version: 1, summary, data: Deferral });

export const DeferralApplied = deferral(
  'DeferralApplied',
  'A guardian applied for a deferral of entry (ENR-11).',
);
export const EntryDeferred = deferral(
  'EntryDeferred',
  'The county of the household deferred an entry (ENR-11).',
);
export const DeferralRefused = deferral('DeferralRefused', 'The county of the household refused a deferral.');
export const DeferralRenewed = deferral(
  'DeferralRenewed',
  'A deferral was followed by another one (ENR-11).',
);
export const DeferralEntered = deferral('DeferralEntered', 'A deferred child was registered (ENR-11).');
export const DeferralExpired = deferral(
  'DeferralExpired',
  'A deferral ran out, and the child has neither entered nor been deferred again (ENR-11).',
);
