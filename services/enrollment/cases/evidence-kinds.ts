import { z } from 'zod';
import type { IssuerLevel as LawIssuerLevel } from '#libs/law/enrollment/proof.ts';

/** Kinds of papers that cases rest on: those that forms F2 and F3 and the rules name. */
export const EvidenceKind = z.enum([
  'APPLICATION_FORM',
  'HOSPITAL_RECORD',
  'INPATIENT_RECORD',
  'DIAGNOSIS_CERTIFICATE',
  'FITNESS_CERTIFICATE',
  'LEAVE_FORM',
  'PUBLIC_SECURITY_PROOF',
  'CIVIL_AFFAIRS_PROOF',
  'OTHER_DEPARTMENT_PROOF',
  'DEATH_CERTIFICATE',
  'TRAVEL_DOCUMENT',
  'STUDY_RECORD',
  'ASSESSMENT',
  'OTHER_VALID_PROOF',
]);
export type EvidenceKind = z.infer<typeof EvidenceKind>;

/** Level of the body that issued a paper. */
export const IssuerLevel = z.enum([
  'BELOW_COUNTY',
  'COUNTY',
  'CITY',
  'PROVINCE',
  'NATION',
]) satisfies z.ZodType<LawIssuerLevel>;
