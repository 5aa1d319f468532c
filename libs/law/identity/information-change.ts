import type { IsoDate } from '../dates.ts';
import type { DisabilityProof } from '../enrollment/special-education.ts';
import { type Finding, type FindingSpec, findingIfInForce, type LawPlace } from '../finding.ts';

/**
 * How deep a change goes (CF-29). KEY: name and ID number, decided by the authority and checked again (ID-13). IDENTITY:
 * what else the identity document says, school and authority (ID-14). LIVING: what is known to change, the school alone
 * (ID-24, ID-25).
 */
export type FieldClass = 'KEY' | 'IDENTITY' | 'LIVING';

const KEY_FIELDS: ReadonlySet<string> = new Set(['name', 'idDocumentType', 'idDocumentNumber']);

/** The eight fields of ID-24, those of ID-25, and what belongs to living rather than to identity. */
const LIVING_FIELDS: ReadonlySet<string> = new Set([
  'isLeftBehind',
  'isMigrantChild',
  'politicalStatus',
  'currentAddress',
  'contactPhone',
  'householdAddress',
  'commuteDistance',
  'commuteMode',
  'hasResidencePermit',
  'residencePermitIssuer',
  'residencePermitIssueDate',
  'isBoarder',
  'disabilityLevel',
  'guardians.ethnicGroup',
  'guardians.workUnit',
  'guardians.phone',
]);

/** The field of a guardian's item, as classes know it: whoever answers for a child, and by which document, is identity. */
export const guardianField = (item: string): string => `guardians.${item}`;

/** A province's own field, as classes know it. */
const PROVINCIAL = 'provincial.';
export const provincialField = (name: string): string => `${PROVINCIAL}${name}`;

/**
 * The class of a field (CF-29; form F1). Whatever is neither key nor living is identity; what a province collects beside
 * the basic set is living, as no text asks for more.
 */
export const classOfField = (field: string): FieldClass => {
  if (KEY_FIELDS.has(field)) return 'KEY';
  return LIVING_FIELDS.has(field) || field.startsWith(PROVINCIAL) ? 'LIVING' : 'IDENTITY';
};

/** The deepest class among fields. */
export const classOfChange = (fields: readonly string[]): FieldClass => {
  const classes = fields.map(classOfField);
  if (classes.includes('KEY')) return 'KEY';
  return classes.includes('IDENTITY') ? 'IDENTITY' : 'LIVING';
};

/** Kinds of papers that a change of information rests on. */
export type InformationProofKind =
  | 'HOUSEHOLD_REGISTER'
  | 'ID_CARD'
  | 'PUBLIC_SECURITY_CERTIFICATE'
  | 'OTHER_PROOF'
  | DisabilityProof;

/** A change of information as it is asked for. */
export type InformationChangeFacts = {
  fields: readonly string[];
  /** From the guardian's mobile client, or entered by the school. */
  channel: 'MOBILE' | 'SCHOOL';
  proofs: readonly InformationProofKind[];
};

/**
 * A change of name or ID number needs an image of its proof (ID-13), one of identity a copy of the household register or
 * another proof (ID-14); Beiguan says which proofs it takes (ID-15).
 */
export const judgeInformationChange = (
  { fields, proofs }: InformationChangeFacts,
  on: IsoDate,
  place: LawPlace,
): Finding[] => {
  const depth = classOfChange(fields);
  if (depth === 'LIVING') return [];
  const where = { on, place };
  return [
    ...(proofs.length > 0 ? [] : depth === 'KEY' ? keyProofMissing(where) : basicProofMissing(where)),
    ...(proofs.every((kind) => kind !== 'OTHER_PROOF') ? [] : kindNotAccepted(where)),
  ];
};

/** Who has agreed to a change so far. */
export type ConfirmationFacts = {
  fields: readonly string[];
  channel: 'MOBILE' | 'SCHOOL';
  schoolConfirmed: boolean;
  authorityApproved: boolean;
};

/**
 * Nothing takes effect before the school has confirmed it and, beyond living data, the superior registry authority has
 * approved it (ID-13, ID-14, ID-16).
 */
export const judgeConfirmation = (facts: ConfirmationFacts, on: IsoDate, place: LawPlace): Finding[] => {
  const depth = classOfChange(facts.fields);
  const settled = facts.schoolConfirmed && (depth === 'LIVING' || facts.authorityApproved);
  if (settled) return [];
  const where = { on, place };
  if (facts.channel === 'MOBILE') {
    const mobile = findingIfInForce('ID-16', { ...notConfirmed(facts.schoolConfirmed), ...where });
    if (mobile.length > 0) return mobile;
  }
  if (depth === 'KEY') return findingIfInForce('ID-13', { ...keyNotApproved, ...where });
  return findingIfInForce('ID-14', {
    ...notConfirmed(facts.schoolConfirmed),
    code: 'BASIC_INFO_NOT_APPROVED',
    ...where,
  });
};

/** What the checks said after an approved change of name or ID number. */
export type RecheckFacts = {
  /** The nationwide search of the new data. */
  duplicateCheck: 'CLEAN' | 'FOUND';
  /** The population register; NOT_POSSIBLE without a resident ID number (ours, ID-06). */
  comparison: 'PASS' | 'FAIL' | 'NOT_POSSIBLE';
};

/** A key change takes effect only when both checks pass again (ID-12, ID-13). */
export const judgeRecheck = (
  { duplicateCheck, comparison }: RecheckFacts,
  on: IsoDate,
  place: LawPlace,
): Finding[] => {
  if (duplicateCheck === 'CLEAN' && comparison !== 'FAIL') return [];
  return findingIfInForce('ID-12', {
    code: 'KEY_INFO_RECHECK_FAILED',
    message:
      duplicateCheck === 'FOUND'
        ? '修改后的信息与其他学生重复，未通过全国查重。'
        : '修改后的信息与人口库比对不一致。',
    messageEn: 'The new data did not pass the duplicate check or the comparison.',
    remedy: '请对照证件核对后重新提交；原信息保持不变。',
    ownerLevel: 'SCHOOL',
    on,
    place,
  });
};

/** A formal number that somebody wants deleted. */
export type NumberDeletionFacts = {
  requestedBy: 'SCHOOL' | 'COUNTY' | 'CITY' | 'PROVINCE' | 'MINISTRY';
  evidencePresent: boolean;
};

/** A G number is in principle never deleted; the province brings evidence, the ministry decides (ID-11). */
export const judgeNumberDeletion = (
  { requestedBy, evidencePresent }: NumberDeletionFacts,
  on: IsoDate,
  place: LawPlace,
): Finding[] =>
  requestedBy === 'PROVINCE' && evidencePresent
    ? []
    : findingIfInForce('ID-11', {
        code: 'G_NUMBER_DELETE_FORBIDDEN',
        message:
          requestedBy === 'PROVINCE'
            ? '删除正式学籍号须提交证明材料。'
            : '正式学籍号原则上不得删除；确需删除的，由省级提交材料，教育部处理。',
        messageEn: 'A formal number is deleted by the ministry alone, on evidence of the province.',
        path: ['evidence'],
        remedy: '请按问题学籍处理；确需删除的，报省级教育行政部门。',
        ownerLevel: 'PROVINCE',
        on,
        place,
      });

/** A field that changes, and when somebody last said that it still holds. */
export type FreshnessFacts = { field: string; confirmedOn: IsoDate; termOpensOn: IsoDate };

/** Fields known to change are looked through each term; one not confirmed since the opening is stale (ID-24). */
export const judgeFreshness = (facts: readonly FreshnessFacts[], on: IsoDate, place: LawPlace): Finding[] =>
  facts
    .filter(({ confirmedOn, termOpensOn }) => confirmedOn < termOpensOn)
    .flatMap(({ field }) =>
      findingIfInForce('ID-24', {
        code: 'FIELD_STALE',
        message: '本学期尚未核对此项易变信息。',
        messageEn: 'This field has not been confirmed this term.',
        path: [field],
        remedy: '请班主任核对后由学籍管理员更新。',
        ownerLevel: 'SCHOOL',
        on,
        place,
      }),
    );

type Where = Pick<FindingSpec, 'on' | 'place'>;

const keyProofMissing = (where: Where): Finding[] =>
  findingIfInForce('ID-13', {
    code: 'KEY_INFO_PROOF_MISSING',
    message: '修改姓名或身份证件号码须上传证明材料照片。',
    messageEn: 'A change of name or document needs an image of its proof.',
    path: ['evidence'],
    remedy: '请上传户口簿、身份证或公安机关证明的照片。',
    ownerLevel: 'SCHOOL',
    ...where,
  });

const basicProofMissing = (where: Where): Finding[] =>
  findingIfInForce('ID-14', {
    code: 'BASIC_INFO_PROOF_MISSING',
    message: '修改基础信息须留存户口簿或其他证件的复印件。',
    messageEn: 'A change of basic information needs a copy of the household register or another proof.',
    path: ['evidence'],
    remedy: '请上传户口簿或其他证件的复印件。',
    ownerLevel: 'GUARDIAN',
    ...where,
  });

const kindNotAccepted = (where: Where): Finding[] =>
  findingIfInForce('ID-15', {
    code: 'BASIC_INFO_PROOF_KIND_NOT_ACCEPTED',
    message: '本区只接受户口簿、身份证或公安户籍部门的正式证明。',
    messageEn:
      'Here only the household register, the ID card or a certificate of the household office is taken.',
    path: ['evidence'],
    remedy: '请改用所列证明材料。',
    ownerLevel: 'GUARDIAN',
    ...where,
  });

const keyNotApproved = {
  code: 'KEY_INFO_NOT_APPROVED',
  message: '姓名、身份证件号码的修改尚未经学籍主管部门核准。',
  messageEn: 'The registry authority has not approved the change of name or document.',
  remedy: '请等待主管部门核准；核准前原信息有效。',
  ownerLevel: 'COUNTY',
} as const;

const notConfirmed = (bySchool: boolean) =>
  ({
    code: 'MOBILE_UPDATE_NOT_CONFIRMED',
    outcome: 'REJECT',
    message: bySchool ? '信息修改尚未经上级学籍主管部门核准。' : '信息修改尚未经学校核实确认。',
    messageEn: 'The change has not been confirmed yet.',
    remedy: '请等待核实；确认前原信息有效。',
    ownerLevel: bySchool ? 'COUNTY' : 'SCHOOL',
  }) as const;
