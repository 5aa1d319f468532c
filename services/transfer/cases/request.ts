import { z } from 'zod';
import { Day, Uuid } from '#libs/contracts/ids.ts';
import { Stage, TransferKind } from '#libs/contracts/vocabulary.ts';
import { TRANSFER_GROUNDS } from '#libs/law/transfer/grounds.ts';

/**
 * Kinds of papers that somebody may mean to hand in or to ask for. Those that no family is to be asked for stand in the list,
 * so that whoever means one of them picks it and is told (TRF-22, TRF-45).
 */
export const PaperKind = z.enum([
  'APPLICATION_FORM',
  'REASON_PROOF',
  'REGISTRATION_INFO',
  'ACADEMIC_TEST_PROOF',
  'REGISTRATION_CERTIFICATE',
  'PAPER_APPROVAL_FORM',
  'OTHER',
]);
export type PaperKind = z.infer<typeof PaperKind>;

export const HandedPapers = z
  .array(z.object({ upload: Uuid, kind: PaperKind }))
  .max(20)
  .refine((papers) => new Set(papers.map(({ upload }) => upload)).size === papers.length, {
    message: '同一文件只能列一次。 Each file once.',
  });

const border = z.enum([
  'PROVINCE',
  'CITY',
  'COUNTY',
  'URBAN_DISTRICT',
  'SCHOOL_DISTRICT_OR_TOWNSHIP',
  'NONE',
]);

/** How a household moved. */
export const Household = z.object({ across: border, withGuardians: z.boolean() });

/** Why the family wants to move, and what the receiving school has checked of it. */
export const Reason = z.object({
  ground: z.enum(TRANSFER_GROUNDS),
  household: Household.nullish(),
  /** The receiving school has looked at the proof and found it good. */
  proofChecked: z.boolean(),
  meetsLocalRequirements: z.boolean(),
  residenceMoved: z.boolean().nullish(),
  targetAtHousehold: z.boolean().nullish(),
  conditionsMet: z.boolean().nullish(),
  admissionConditionMet: z.boolean().nullish(),
});

/** Outside first in a fault, on the family's wish (TRF-24). */
const Handling = z.object({
  mode: z.enum(['DIGITAL', 'OFFLINE_FIRST']),
  faultReference: z.string().trim().max(60).nullish(),
  familyWishes: z.boolean().nullish(),
  paperDecidedOn: Day.nullish(),
});

/** The major of a vocational school that takes a pupil in; years of its course. */
const Major = z.object({ name: z.string().trim().min(1).max(60), years: z.int().min(1).max(6) });

/** What a case is about, as it is kept: nothing that identifies the pupil. */
export const CaseRequest = z.object({
  kind: TransferKind,
  stage: Stage,
  grade: z.int().min(1).max(12),
  schoolClass: Uuid.nullish(),
  appliedOn: Day,
  wantedBy: z.enum(['FAMILY', 'SCHOOL']),
  reason: Reason,
  handling: Handling.nullish(),
  /** The receiving school has made sure of nine full years, where another grade is meant (TRF-18). */
  nineYearsGuaranteed: z.boolean().nullish(),
  /** A senior pupil has sat the sending province's academic test (TRF-30). */
  hasSatAcademicTest: z.boolean().nullish(),
  /** The guardian's own application that it rests on (TRF-05). */
  application: Uuid.nullish(),
  /** The day on which the school has typed in a written application, whose own day is the school's word. */
  typedOn: Day.nullish(),
  /** The registration whose national check found the record (TRF-53). */
  found: Uuid.nullish(),
  targetMajor: Major.nullish(),
});
export type CaseRequest = z.infer<typeof CaseRequest>;
