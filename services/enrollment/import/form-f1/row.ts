import { z } from 'zod';
import { Day, UnitCode } from '#libs/contracts/ids.ts';
import { Gender, IdDocumentType, OverseasCategory } from '#libs/contracts/vocabulary.ts';
import { COUNTRIES } from './codes/countries.ts';
import { ETHNIC_GROUPS } from './codes/ethnic-groups.ts';
import {
  DISABILITY_LEVELS,
  DISABILITY_PROOFS,
  DISABILITY_TYPES,
  POLITICAL_STATUSES,
  RELATIONS,
} from './codes/person.ts';
import { COMMUTE_MODES, PLACEMENT_MODES } from './codes/school-life.ts';

/** Address of the form: division code of GB/T 2260 where the file gives it, and the text as written. */
export const F1Address = z.object({ regionCode: UnitCode.nullable(), text: z.string().min(1) });
export type F1Address = z.infer<typeof F1Address>;

const Name = z.string().min(1);
const Phone = z.string().min(1);

/** Items 1-17, 36 and 37 of the form; null where the law of the place does not ask for an item (ID-23) and it is empty. */
export const F1Student = z.object({
  name: Name,
  formerName: Name.nullable(),
  gender: Gender,
  /** GB/T 2659, three letters. */
  nationalityOrRegion: z.enum(COUNTRIES.values),
  overseasCategory: OverseasCategory,
  /** GB/T 3304, two digits; foreigners have none. */
  ethnicGroup: z.enum(ETHNIC_GROUPS.values).nullable(),
  idDocumentType: IdDocumentType,
  /** Null with type NONE only; such a child is led to a J-number (ID-08). */
  idDocumentNumber: z.string().min(1).nullable(),
  birthDate: Day,
  currentAddress: F1Address.nullable(),
  householdAddress: F1Address.nullable(),
  /** 一年级 … 九年级, 高一 … 高三. */
  gradeName: z.string().min(1),
  /** Common index of the years of school, 1-12 (1-9 compulsory). */
  schoolYearIndex: z.int().min(1).max(12),
  className: z.string().min(1).nullable(),
  politicalStatus: z.enum(POLITICAL_STATUSES.values).nullable(),
  isBoarder: z.boolean().nullable(),
  isDisabled: z.boolean().nullable(),
  isLeftBehind: z.boolean().nullable(),
  disabilityType: z.enum(DISABILITY_TYPES.values).nullable(),
  placementMode: z.enum(PLACEMENT_MODES.values).nullable(),
});

/** Items 18-26 or 27-35: a family member or guardian. */
export const F1Guardian = z.object({
  name: Name,
  relation: z.enum(RELATIONS.values),
  isLegalGuardian: z.boolean(),
  ethnicGroup: z.enum(ETHNIC_GROUPS.values).nullable(),
  idDocumentType: IdDocumentType,
  idDocumentNumber: z.string().min(1).nullable(),
  workUnit: z.string().min(1).nullable(),
  householdAddress: F1Address.nullable(),
  phone: Phone.nullable(),
});

/** Fields that the texts ask for beside the form, and its foot; null where the file has no such column. */
export const F1Extras = z.object({
  isMigrantChild: z.boolean().nullable(),
  /** Kilometres. */
  commuteDistance: z.number().min(0).nullable(),
  commuteMode: z.enum(COMMUTE_MODES.values).nullable(),
  contactPhone: Phone.nullable(),
  hasResidencePermit: z.boolean().nullable(),
  residencePermitIssuer: z.string().nullable(),
  residencePermitIssueDate: Day.nullable(),
  disabilityLevel: z.enum(DISABILITY_LEVELS.values).nullable(),
  /** The county's expert committee has assessed the child (ENR-20). */
  assessedByExpertCommittee: z.boolean().nullable(),
  /** What shows special-education status (ID-26). */
  disabilityProof: z.enum(DISABILITY_PROOFS.values).nullable(),
  filledOn: Day.nullable(),
  guardianSignature: Name.nullable(),
  classTeacherSignature: Name.nullable(),
});

/** One good row of the collection form, JSON-serialisable (ID-22, ID-23; 002 Annex 1). */
export const F1Row = z.object({
  student: F1Student,
  guardians: z.array(F1Guardian).max(2),
  extras: F1Extras,
});

export type F1Student = z.infer<typeof F1Student>;
export type F1Guardian = z.infer<typeof F1Guardian>;
export type F1Extras = z.infer<typeof F1Extras>;
export type F1Row = z.infer<typeof F1Row>;
