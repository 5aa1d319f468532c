import { z } from 'zod';
import { Uuid } from '#libs/contracts/ids.ts';
import type { DisabilityProof } from '#libs/law/enrollment/special-education.ts';
import type { InformationProofKind } from '#libs/law/identity/information-change.ts';

/** Papers that a change of information rests on (ID-14, ID-15, ID-26). */
export const PaperKind = z.enum([
  'HOUSEHOLD_REGISTER',
  'ID_CARD',
  'PUBLIC_SECURITY_CERTIFICATE',
  'OTHER_PROOF',
  'DISABILITY_CERTIFICATE',
  'HOSPITAL_COUNTY_OR_ABOVE',
  'APPRAISAL_BODY',
]) satisfies z.ZodType<InformationProofKind>;
export type PaperKind = z.infer<typeof PaperKind>;

const disabilityProofs: readonly DisabilityProof[] = [
  'DISABILITY_CERTIFICATE',
  'HOSPITAL_COUNTY_OR_ABOVE',
  'APPRAISAL_BODY',
];

/** The papers that show a disability. */
export const disabilityProofsAmong = (kinds: readonly PaperKind[]): DisabilityProof[] =>
  disabilityProofs.filter((kind) => kinds.some((each) => each === kind));

/** A paper as a guardian names it: the school takes the copy when it looks at the original. */
export const NamedPaper = z.object({
  kind: PaperKind,
  upload: z.null({ message: '家长提出的更新由学校留存复印件。 The school takes the copy.' }).optional(),
});

/** A paper as a school hands it in: what it is, and the upload that holds its copy. */
export const CopiedPaper = z.object({ kind: PaperKind, upload: Uuid });
export type CopiedPaper = z.infer<typeof CopiedPaper>;
