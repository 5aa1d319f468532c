import { z } from 'zod';
import { Day } from '#libs/contracts/ids.ts';
import { GuardianRelation, type PersonForm } from '#libs/contracts/person-form.ts';
import { Gender, IdDocumentType, OverseasCategory } from '#libs/contracts/vocabulary.ts';
import type { CollectionFormFacts } from '#libs/law/enrollment/collection-form.ts';
import { normaliseIdNumber } from '#libs/law/identity/citizen-id.ts';
import type { F1Address, F1Row } from '../import/form-f1/row.ts';

const unreadable = /\p{Cc}|\p{Cs}|\p{Co}|\p{Cn}|[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/u;

const text = (longest: number) =>
  z
    .string()
    .transform((value) => value.normalize('NFC').trim())
    .refine((value) => [...value].length <= longest, {
      message: `最多 ${longest} 个字。 At most ${longest} characters.`,
    })
    .refine((value) => !unreadable.test(value), {
      message: '含有不可见或无法识别的字符，请重新输入。 Holds invisible or unknown characters.',
    });

const optional = (longest: number) =>
  text(longest)
    .nullish()
    .transform((value) => value || null);
const yesNo = z
  .boolean()
  .nullish()
  .transform((value) => value ?? null);
const documentNumber = z
  .string()
  .max(60)
  .nullish()
  .transform((value) => (value ? normaliseIdNumber(value) : null));

const CollectedGuardian = z.object({
  name: text(60).pipe(z.string().min(1)),
  relation: GuardianRelation,
  isLegalGuardian: z.boolean(),
  ethnicGroup: optional(10),
  idDocumentType: IdDocumentType,
  idDocumentNumber: documentNumber,
  workUnit: optional(120),
  householdAddress: optional(200),
  phone: optional(30),
});

/** The collection form as typed at the counter or read from a row: normalised, not yet judged. */
export const CollectedForm = z.object({
  /** May be left out here: the law names what is missing together with everything else. */
  name: text(60),
  formerName: optional(60),
  gender: Gender,
  nationalityOrRegion: text(10),
  overseasCategory: OverseasCategory,
  ethnicGroup: optional(10),
  idDocumentType: IdDocumentType,
  idDocumentNumber: documentNumber,
  birthDate: Day,
  currentAddress: optional(200),
  householdAddress: optional(200),
  gradeName: text(20),
  className: optional(40),
  politicalStatus: optional(40),
  isBoarder: yesNo,
  isDisabled: yesNo,
  isLeftBehind: yesNo,
  isMigrantChild: yesNo,
  contactPhone: optional(30),
  hasResidencePermit: yesNo,
  residencePermitIssuer: optional(80),
  residencePermitIssueDate: Day.nullish().transform((value) => value ?? null),
  disabilityType: optional(20),
  assessedByExpertCommittee: yesNo,
  disabilityProofs: z
    .array(z.enum(['DISABILITY_CERTIFICATE', 'HOSPITAL_COUNTY_OR_ABOVE', 'APPRAISAL_BODY']))
    .nullish()
    .transform((value) => value ?? []),
  placementMode: optional(20),
  guardians: z
    .array(CollectedGuardian)
    .max(2, { message: '最多填写两位家庭成员或监护人。 At most two guardians.' }),
});
export type CollectedForm = z.infer<typeof CollectedForm>;

/** The form as the law reads it. */
export const lawFacts = (form: CollectedForm): CollectionFormFacts => form;

/** The form as identity keeps the person. */
export const personFormOf = (form: CollectedForm): PersonForm => ({
  name: form.name,
  formerName: form.formerName,
  gender: form.gender,
  nationality: form.nationalityOrRegion,
  overseasCategory: form.overseasCategory,
  ethnicGroup: form.ethnicGroup,
  idDocumentType: form.idDocumentType,
  idDocumentNumber: form.idDocumentNumber,
  birthDate: form.birthDate,
  profile: {
    currentAddress: form.currentAddress,
    householdAddress: form.householdAddress,
    politicalStatus: form.politicalStatus,
    isBoarder: form.isBoarder ?? false,
    isLeftBehind: form.isLeftBehind ?? false,
    isMigrantChild: form.isMigrantChild ?? false,
    isDisabled: form.isDisabled ?? false,
    disabilityType: form.disabilityType,
    placementMode: form.placementMode,
    hasResidencePermit: form.hasResidencePermit ?? false,
    residencePermitIssuer: form.residencePermitIssuer,
    residencePermitIssueDate: form.residencePermitIssueDate,
    contactPhone: form.contactPhone,
    commuteDistance: null,
    commuteMode: null,
  },
  guardians: form.guardians,
});

/** An address of the workbook in one text: its division code in brackets, then the words. */
const addressText = (address: F1Address | null): string | null =>
  address && `${address.regionCode === null ? '' : `(${address.regionCode})`}${address.text}`;

/** A row of the workbook as a collected form: both ways in are judged and registered alike. */
export const collectedFromRow = ({ student, guardians, extras }: F1Row): CollectedForm =>
  CollectedForm.parse({
    ...student,
    currentAddress: addressText(student.currentAddress),
    householdAddress: addressText(student.householdAddress),
    isMigrantChild: extras.isMigrantChild,
    contactPhone: extras.contactPhone,
    hasResidencePermit: extras.hasResidencePermit,
    residencePermitIssuer: extras.residencePermitIssuer,
    residencePermitIssueDate: extras.residencePermitIssueDate,
    assessedByExpertCommittee: extras.assessedByExpertCommittee,
    disabilityProofs: extras.disabilityProof === null ? [] : [extras.disabilityProof],
    guardians: guardians.map((guardian) => ({
      ...guardian,
      householdAddress: addressText(guardian.householdAddress),
    })),
  });
