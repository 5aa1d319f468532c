import { enforces } from '#libs/law/enforces.ts';
import type { Fault } from '../problems/row-problem.ts';
import { REQUIRED_MISSING } from './cell-faults.ts';
import { checkDocument } from './document-checks.ts';
import { GUARDIAN_TWO_ITEMS } from './guardian-items.ts';
import { isMarkedRequired } from './items.ts';
import type { ParseContext } from './parse-context.ts';
import type { F1Address } from './row.ts';
import type { RowDraft } from './row-draft.ts';
import { SPECIAL_EDUCATION_ITEMS } from './student-items.ts';

const NOT_DISABLED: Fault = {
  ruleId: 'ID-23',
  code: 'ITEM_NOT_APPLICABLE',
  what: '第16项“是否残疾人”为“否”，本项不应填写。',
  remedy: '请清空本项，或改正第16项。',
  en: 'filled although item 16 is no.',
};
const NATIONALITY_DIFFERS: Fault = {
  ruleId: 'ENR-17',
  code: 'NATIONALITY_DIFFERS',
  what: '与第4项“国籍/地区”不一致。',
  remedy: '中国内地学生请填“否”和“中国”；外籍学生请填实际国籍。',
  en: 'contradicts the nationality (item 4).',
};
const NO_LEGAL_GUARDIAN: Fault = {
  ruleId: 'ID-23',
  code: 'LEGAL_GUARDIAN_MISSING',
  what: '成员一、成员二中没有监护人。',
  remedy: '请至少填写一名监护人，并将“是否监护人”填为“是”。',
  en: 'no legal guardian among the family members (items 20 and 29).',
};
const SHARED_DOCUMENT: Fault = {
  ruleId: 'ID-18',
  code: 'DOCUMENT_SHARED_IN_ROW',
  what: '证件号与同一行中另一人的证件号相同。',
  remedy: '请分别填写学生本人和各成员的证件号。',
  en: 'the same document number is given for two people of the row.',
};
const REGION_CODE_UNKNOWN: Fault = {
  ruleId: 'ID-23',
  code: 'REGION_CODE_UNKNOWN',
  what: '行政区划代码不在现行代码中。',
  remedy: '请填写现行的六位县级行政区划代码，或只写地址文字。',
  en: 'the division code does not exist (GB/T 2260).',
};
const REGION_CODES_DIFFER: Fault = {
  ruleId: 'ID-23',
  code: 'REGION_CODE_UNKNOWN',
  what: '行政区划代码与地址前的代码不一致。',
  remedy: '请改正其中一处。',
  en: 'the division code differs from the one before the address.',
};
const NOT_PLAUSIBLE: Fault = {
  ruleId: 'ID-22',
  code: 'DATE_NOT_PLAUSIBLE',
  what: '日期不合理（晚于今天，或早于三十年前）。',
  remedy: '请对照证件改正。',
  en: 'the date lies in the future or more than thirty years back.',
};
const IN_FUTURE: Fault = {
  ruleId: 'ID-23',
  code: 'DATE_NOT_PLAUSIBLE',
  what: '日期晚于今天。',
  remedy: '请改正。',
  en: 'the date lies in the future.',
};
const PERMIT_INCOMPLETE: Fault = {
  ruleId: 'ID-25',
  code: 'RESIDENCE_PERMIT_INCOMPLETE',
  what: '持有居住证，但签发机关或签发日期未填写。',
  remedy: '请补充签发机关和签发日期。',
  en: 'a residence permit is held, but its issuer or issue date is missing.',
};

const OLDEST_PUPIL_YEARS = 30;
const ADDRESSES = [
  'currentAddress',
  'householdAddress',
  'guardians.0.householdAddress',
  'guardians.1.householdAddress',
];

/** Everything that only two cells together, or a cell and the day, can show. */
export function checkTogether(draft: RowDraft, context: ParseContext): void {
  checkEthnicGroup(draft);
  checkNationality(draft);
  checkDates(draft, context);
  for (const prefix of ['', 'guardians.0.', 'guardians.1.']) checkDocument(draft, prefix, context);
  checkSharedDocuments(draft);
  checkAddresses(draft, context);
  checkGuardians(draft, context);
  checkSpecialEducation(draft);
  checkResidencePermit(draft);
}

/** True when some cell of the second family member is filled. */
export const hasSecondGuardian = (draft: RowDraft): boolean =>
  GUARDIAN_TWO_ITEMS.some((item) => !draft.isEmpty(item.key));

/** Ethnic groups are not recorded for foreigners (ours); everybody else has one (ID-23). */
function checkEthnicGroup(draft: RowDraft): void {
  if (!draft.isEmpty('ethnicGroup')) return;
  const category = draft.text('overseasCategory');
  if (category !== 'FOREIGN' && category !== 'FOREIGN_CHILD_OF_RESIDENT')
    draft.refuseAt('ethnicGroup', REQUIRED_MISSING);
}

/** Whoever is not from abroad is Chinese, and a foreigner is not (ENR-17 speaks of both kinds). */
function checkNationality(draft: RowDraft): void {
  const nationality = draft.text('nationalityOrRegion');
  const category = draft.text('overseasCategory');
  if (nationality === undefined || category === undefined) return;
  const isForeign = category === 'FOREIGN' || category === 'FOREIGN_CHILD_OF_RESIDENT';
  const isChinese = nationality === 'CHN';
  if ((category === 'NONE' && !isChinese) || (isForeign && isChinese)) {
    draft.refuseAt('overseasCategory', NATIONALITY_DIFFERS);
  }
}

function checkDates(draft: RowDraft, { on }: ParseContext): void {
  const birthDate = draft.text('birthDate');
  const oldest = `${Number(on.slice(0, 4)) - OLDEST_PUPIL_YEARS}${on.slice(4)}`;
  if (birthDate !== undefined && (birthDate > on || birthDate < oldest))
    draft.refuseAt('birthDate', NOT_PLAUSIBLE);
  for (const key of ['residencePermitIssueDate', 'filledOn']) {
    if ((draft.text(key) ?? '') > on) draft.refuseAt(key, IN_FUTURE);
  }
}

function checkSharedDocuments(draft: RowDraft): void {
  const seen = new Set<string>();
  for (const key of ['idDocumentNumber', 'guardians.0.idDocumentNumber', 'guardians.1.idDocumentNumber']) {
    const number = draft.text(key);
    if (number === undefined) continue;
    if (seen.has(number)) draft.refuseAt(key, SHARED_DOCUMENT);
    seen.add(number);
  }
}

function checkAddresses(draft: RowDraft, { regions }: ParseContext): void {
  for (const [column, address] of [
    ['currentRegionCode', 'currentAddress'],
    ['householdRegionCode', 'householdAddress'],
  ] as const) {
    const code = draft.text(column);
    const written = addressOf(draft, address)?.regionCode ?? null;
    if (code !== undefined && !regions.knows(code)) draft.refuseAt(column, REGION_CODE_UNKNOWN);
    if (code !== undefined && written !== null && written !== code)
      draft.refuseAt(column, REGION_CODES_DIFFER);
  }
  for (const key of ADDRESSES) {
    const code = addressOf(draft, key)?.regionCode ?? null;
    if (code !== null && !regions.knows(code)) draft.refuseAt(key, REGION_CODE_UNKNOWN);
  }
}

/** The address of an item, when it could be read. */
export function addressOf(draft: RowDraft, key: string): F1Address | undefined {
  const value = draft.value(key);
  return typeof value === 'object' && value !== null && 'regionCode' in value
    ? (value as F1Address)
    : undefined;
}

function checkGuardians(draft: RowDraft, { asteriskIsRequired = true }: ParseContext): void {
  const second = hasSecondGuardian(draft);
  for (const item of second ? GUARDIAN_TWO_ITEMS : []) {
    if (item.key.endsWith('idDocumentNumber') && !draft.isEmpty('guardians.1.idDocumentType')) continue;
    if (isMarkedRequired(item, asteriskIsRequired) && draft.isEmpty(item.key))
      draft.refuseAt(item, REQUIRED_MISSING);
  }
  const answers = ['guardians.0.isLegalGuardian', ...(second ? ['guardians.1.isLegalGuardian'] : [])];
  if (answers.every((key) => draft.value(key) === false)) {
    draft.refuseAt('guardians.0.isLegalGuardian', NO_LEGAL_GUARDIAN);
  }
}

function checkSpecialEducation(draft: RowDraft): void {
  const isDisabled = draft.value('isDisabled');
  for (const item of SPECIAL_EDUCATION_ITEMS) {
    if (isDisabled === true && draft.isEmpty(item.key)) draft.refuseAt(item, REQUIRED_MISSING);
    if (isDisabled === false && !draft.isEmpty(item.key)) draft.refuseAt(item, NOT_DISABLED);
  }
}

function checkResidencePermit(draft: RowDraft): void {
  enforces('ID-25');
  if (draft.value('hasResidencePermit') !== true) return;
  const missing = ['residencePermitIssuer', 'residencePermitIssueDate'].some((key) => draft.isEmpty(key));
  if (missing) draft.warnAt('hasResidencePermit', PERMIT_INCOMPLETE);
}
