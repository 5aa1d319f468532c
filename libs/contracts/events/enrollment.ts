import { z } from 'zod';
import { defineEvent } from '../envelope.ts';
import { Instant, Place, SchoolCode, UnitCode, Uuid } from '../ids.ts';
import {
  EnrollmentStatus,
  EthnicGroupClass,
  Gender,
  IdDocumentType,
  RegistrationChannel,
  Stage,
} from '../vocabulary.ts';

const source = 'enrollment';

/** The countable marks of form F1: codes only. */
export const CountingMarks = z.object({
  gender: Gender,
  documentType: IdDocumentType,
  boarder: z.boolean(),
  leftBehind: z.boolean(),
  migrant: z.boolean(),
  residencePermit: z.boolean(),
  disabled: z.boolean(),
  ethnicGroup: EthnicGroupClass,
});

const Placement = z.object({
  person: Uuid,
  enrollment: Uuid,
  school: SchoolCode,
  place: Place,
  province: UnitCode,
});

/** Where in the grades somebody is, and as what somebody counts. */
const Registration = z.object({
  stage: Stage,
  entryYearAdj: z.int(),
  lastGrade: z.int(),
  marks: CountingMarks,
});

export const EnrollmentRegistered = defineEvent({
  type: 'EnrollmentRegistered',
  source,
  version: 1,
  summary: 'A school registered a pupil; the authority has yet to approve (ENR-08).',
  data: Placement.extend({
    ...Registration.shape,
    status: EnrollmentStatus,
    channel: RegistrationChannel,
  }),
});

export const EnrollmentApproved = defineEvent({
  type: 'EnrollmentApproved',
  source,
  version: 1,
  summary: 'The registry authority approved a registration (ENR-08).',
  data: Placement.extend({ status: EnrollmentStatus }),
});

export const EnrollmentRejected = defineEvent({
  type: 'EnrollmentRejected',
  source,
  version: 1,
  summary: 'The registry authority sent a registration back, or refused it finally (ENR-08).',
  data: Placement.extend({ status: EnrollmentStatus, final: z.boolean() }),
});

export const EnrollmentResubmitted = defineEvent({
  type: 'EnrollmentResubmitted',
  source,
  version: 1,
  summary: 'A school handed a registration that was sent back to its authority again (ENR-08).',
  data: Placement.extend({
    status: EnrollmentStatus,
    /** What the corrected form says; absent where nothing of it changed. */
    corrected: Registration.optional(),
  }),
});

export const EnrollmentHandedOver = defineEvent({
  type: 'EnrollmentHandedOver',
  source,
  version: 1,
  summary:
    'A registration ended at one school and goes on at another: person and number are the same (ENR-27).',
  data: Placement.extend({
    ...Registration.shape,
    status: EnrollmentStatus,
    reason: z.enum(['GOING_ON', 'TRANSFER', 'ADMISSION_ENDED']),
    /** Instant at which the grade stands still, of one who comes while away (TRF-21); absent: it goes on. */
    frozenAt: Instant.nullable().optional(),
    from: z.object({ enrollment: Uuid, school: SchoolCode, place: Place, province: UnitCode }),
  }),
});

export const BatchRowAdded = defineEvent({
  type: 'BatchRowAdded',
  source,
  version: 1,
  summary: 'A school put a pupil of another grade on the month’s list (ENR-10).',
  data: z.object({ batch: Uuid, row: Uuid, school: SchoolCode, place: Place, province: UnitCode }),
});

export const BatchRowRemoved = defineEvent({
  type: 'BatchRowRemoved',
  source,
  version: 1,
  summary: 'A school took a row off the month’s list before it was submitted (ENR-10).',
  data: z.object({ batch: Uuid, row: Uuid, school: SchoolCode, place: Place, province: UnitCode }),
});

export const BatchSubmitted = defineEvent({
  type: 'BatchSubmitted',
  source,
  version: 1,
  summary: 'A province submitted the list of a month (ENR-10).',
  data: z.object({ batch: Uuid, province: UnitCode, month: z.string(), rows: z.int() }),
});

export const NationalCheckResult = defineEvent({
  type: 'NationalCheckResult',
  source,
  version: 1,
  summary: 'The ministry’s centre checked the list of a month (ENR-10).',
  data: z.object({ batch: Uuid, province: UnitCode, passed: z.int(), failed: z.int() }),
});

export const ClassAssigned = defineEvent({
  type: 'ClassAssigned',
  source,
  version: 1,
  summary: 'A pupil was placed in a class (ENR-16).',
  data: Placement.extend({ schoolClass: Uuid }),
});

export const ImportFinished = defineEvent({
  type: 'ImportFinished',
  source,
  version: 1,
  summary: 'An import job came to its end.',
  data: z.object({
    job: Uuid,
    school: SchoolCode,
    place: Place,
    province: UnitCode,
    finishedAt: Instant,
    /** Pupils whom it brought in. */
    registered: z.int(),
    /** Rows whose pupils the school had registered before by the same content; missing from events before it was told. */
    already: z.int().optional(),
    refused: z.int(),
  }),
});

export type CountingMarks = z.infer<typeof CountingMarks>;
