import { z } from 'zod';
import type { KnownPupil } from '#libs/contracts/commands/find-for-transfer.ts';
import { Day, Uuid } from '#libs/contracts/ids.ts';
import { IdDocumentType, Stage, TransferKind } from '#libs/contracts/vocabulary.ts';
import { TRANSFER_GROUNDS } from '#libs/law/transfer/grounds.ts';

/** Kinds of papers that a case rests on (TRF-05, TRF-22). */
const PaperKind = z.enum(['APPLICATION_FORM', 'ACADEMIC_TEST_PROOF', 'PAPER_APPROVAL_FORM', 'REASON_PROOF']);
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

/** Why the family wants to move, and what the receiving school has checked of it. */
const Reason = z.object({
  ground: z.enum(TRANSFER_GROUNDS),
  household: z.object({ across: border, withGuardians: z.boolean() }).nullish(),
  /** The receiving school has looked at the proof and found it good. */
  proofChecked: z.boolean(),
  meetsLocalRequirements: z.boolean(),
  residenceMoved: z.boolean().nullish(),
  targetAtHousehold: z.boolean().nullish(),
  comparableLevel: z.boolean().nullish(),
});

/** Outside first in a fault, on the family's wish (TRF-24). */
const Handling = z.object({
  mode: z.enum(['DIGITAL', 'OFFLINE_FIRST']),
  faultReference: z.string().trim().max(60).nullish(),
  familyWishes: z.boolean().nullish(),
  paperDecidedOn: Day.nullish(),
});

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
});
export type CaseRequest = z.infer<typeof CaseRequest>;

const byNumber = z
  .object({
    name: z.string().trim().min(1).max(120),
    studentNumber: z.string().trim().min(1).max(40).nullish(),
    idDocumentType: IdDocumentType.nullish(),
    idDocumentNumber: z.string().trim().min(1).max(40).nullish(),
  })
  .transform((asked, context): KnownPupil => {
    const { name, studentNumber, idDocumentType: type, idDocumentNumber: number } = asked;
    const isByNumber = studentNumber !== null && studentNumber !== undefined;
    if (isByNumber && !type && !number) return { name, by: { studentNumber } };
    if (!isByNumber && type && number)
      return { name, by: { idDocumentType: type, idDocumentNumber: number } };
    context.addIssue({
      code: 'custom',
      message: '请填写学籍号，或证件类型和号码，二者择一。 A student number, or a document.',
    });
    return z.NEVER;
  });

/** A case that a receiving school wants to start, with the pupil as the school knows it. */
export const Wanted = CaseRequest.extend({ student: byNumber, evidence: HandedPapers.nullish() });
export type Wanted = z.infer<typeof Wanted>;

export const Initiating = Wanted.extend({ idempotencyKey: z.string().min(1).max(100) });
