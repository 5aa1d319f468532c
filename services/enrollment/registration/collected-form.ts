import { z } from 'zod';
import { Day } from '#libs/contracts/ids.ts';
import { GuardianRelation, type PersonForm } from '#libs/contracts/person-form.ts';
import { Gender, IdDocumentType, OverseasCategory } from '#libs/contracts/vocabulary.ts';
import type { CollectionFormFacts } from '#libs/law/enrollment/collection-form.ts';
import type { DisabilityProof } from '#libs/law/enrollment/special-education.ts';
import { normaliseIdNumber } from '#libs/law/identity/citizen-id.ts';
import { GRADES } from '../import/form-f1/codes/school-life.ts';
import { itemOf } from '../import/form-f1/items.ts';
import { readItem } from '../import/form-f1/parse-row.ts';
import type { F1Address, F1Row } from '../import/form-f1/row.ts';
import { cleanText, isUnreadable } from '../import/form-f1/text.ts';

const text = (longest: number) =>
  z
    .string()
    .transform((value) => value.normalize('NFC').trim())
    .refine((value) => [...value].length <= longest, {
      message: `最多 ${longest} 个字。 At most ${longest} characters.`,
      params: { code: 'TEXT_TOO_LONG' },
    })
    .refine((value) => !isUnreadable(value), {
      message: '含有不可见或无法识别的字符，请重新输入。 Holds invisible or unknown characters.',
      params: { code: 'TEXT_UNREADABLE' },
    });

/** Several spellings, one form: what can be read is kept as a file is read, what cannot is kept for the judge. */
const inOneSpelling =
  (key: string) =>
  (typed: string): string => {
    const plain = cleanText(typed);
    const reading = plain === '' ? undefined : readItem(itemOf(key), plain);
    return reading?.ok ? writtenOf(key, reading.value) : typed;
  };

const writtenOf = (key: string, value: unknown): string => {
  if (isAddress(value)) return addressText(value) ?? '';
  const grade = key === 'gradeName' ? GRADES.values.find((index) => index === value) : undefined;
  return grade === undefined ? String(value) : GRADES.nameOf(grade);
};

const isAddress = (value: unknown): value is F1Address =>
  typeof value === 'object' && value !== null && 'regionCode' in value;

/** A text of an item of the form; `key` as the item is known there. */
const required = (key: string, longest: number) => text(longest).transform(inOneSpelling(key));

const optional = (key: string, longest: number) =>
  required(key, longest)
    .nullish()
    .transform((value) => value || null);
const yesNo = z
  .boolean()
  .nullish()
  .transform((value) => value ?? null);
const documentNumber = (key: string) =>
  z
    .string()
    .max(60)
    .nullish()
    .transform((value) => (value ? inOneSpelling(key)(normaliseIdNumber(value)) || null : null));

const CollectedGuardian = z.object({
  name: required('guardians.0.name', 60).pipe(z.string().min(1)),
  relation: GuardianRelation,
  isLegalGuardian: z.boolean(),
  ethnicGroup: optional('guardians.0.ethnicGroup', 20),
  idDocumentType: IdDocumentType,
  idDocumentNumber: documentNumber('guardians.0.idDocumentNumber'),
  workUnit: optional('guardians.0.workUnit', 120),
  householdAddress: optional('guardians.0.householdAddress', 220),
  phone: optional('guardians.0.phone', 30),
});

/** The collection form as typed at the counter or read from a row: normalised, not yet judged. */
export const CollectedForm = z.object({
  /** May be left out here: the law names what is missing together with everything else. */
  name: required('name', 60),
  formerName: optional('formerName', 60),
  gender: Gender,
  nationalityOrRegion: required('nationalityOrRegion', 40),
  overseasCategory: OverseasCategory,
  ethnicGroup: optional('ethnicGroup', 20),
  idDocumentType: IdDocumentType,
  idDocumentNumber: documentNumber('idDocumentNumber'),
  birthDate: Day,
  currentAddress: optional('currentAddress', 220),
  householdAddress: optional('householdAddress', 220),
  gradeName: required('gradeName', 20),
  className: optional('className', 40),
  politicalStatus: optional('politicalStatus', 40),
  isBoarder: yesNo,
  isDisabled: yesNo,
  isLeftBehind: yesNo,
  isMigrantChild: yesNo,
  contactPhone: optional('contactPhone', 30),
  hasResidencePermit: yesNo,
  residencePermitIssuer: optional('residencePermitIssuer', 120),
  residencePermitIssueDate: Day.nullish().transform((value) => value ?? null),
  disabilityType: optional('disabilityType', 20),
  assessedByExpertCommittee: yesNo,
  disabilityProofs: z
    .array(z.enum(['DISABILITY_CERTIFICATE', 'HOSPITAL_COUNTY_OR_ABOVE', 'APPRAISAL_BODY']))
    .nullish()
    .transform((value) => value ?? []),
  placementMode: optional('placementMode', 20),
  guardians: z
    .array(CollectedGuardian)
    .max(2, { message: '最多填写两位家庭成员或监护人。 At most two guardians.' }),
});
export type CollectedForm = z.infer<typeof CollectedForm>;

/** What the law reads of a form, and of the papers that come with it. */
export type FormFacts = CollectionFormFacts & {
  assessedByExpertCommittee?: boolean | null;
  disabilityProofs?: readonly DisabilityProof[];
};

/** The form as the law reads it. */
export const lawFacts = (form: CollectedForm): FormFacts => form;

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
export const addressText = (address: F1Address | null): string | null =>
  address && `${address.regionCode === null ? '' : `(${address.regionCode})`}${address.text}`;

/** A row of the workbook as a collected form: both ways in are judged and registered alike. */
export const collectedFromRow = ({ student, guardians, extras }: F1Row): CollectedForm => {
  const { schoolYearIndex: _, ...items } = student;
  return {
    ...items,
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
  };
};
