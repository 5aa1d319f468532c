import type { Fault } from '../problems/row-problem.ts';
import { checkDocument } from './document-checks.ts';
import type { FormDraft } from './form-draft.ts';
import type { ReadingContext } from './parse-context.ts';
import type { F1Address } from './row.ts';
import { SPECIAL_EDUCATION_ITEMS } from './student-items.ts';

const NOT_DISABLED: Fault = {
  ruleId: 'ID-23',
  code: 'ITEM_NOT_APPLICABLE',
  what: '第16项“是否残疾人”为“否”，本项不应填写。',
  remedy: '请清空本项，或改正第16项。',
  en: 'filled although item 16 is no.',
};
const NATIONALITY_DIFFERS: Fault = {
  ruleId: null,
  code: 'NATIONALITY_DIFFERS',
  what: '与第4项“国籍/地区”不一致。',
  remedy: '中国内地学生请填“否”和“中国”；外籍学生请填实际国籍。',
  en: 'contradicts the nationality (item 4).',
};
const SHARED_DOCUMENT: Fault = {
  ruleId: null,
  code: 'DOCUMENT_SHARED_IN_ROW',
  what: '证件号与同一份表中另一人的证件号相同。',
  remedy: '请分别填写学生本人和各成员的证件号。',
  en: 'the same document number is given for two people of the form.',
};
const REGION_CODE_UNKNOWN: Fault = {
  ruleId: null,
  code: 'REGION_CODE_UNKNOWN',
  what: '行政区划代码不在现行代码中。',
  remedy: '请填写现行的六位县级行政区划代码，或只写地址文字。',
  en: 'the division code does not exist (GB/T 2260).',
};
const REGION_CODES_DIFFER: Fault = {
  ruleId: null,
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
  ruleId: null,
  code: 'DATE_NOT_PLAUSIBLE',
  what: '日期晚于今天。',
  remedy: '请改正。',
  en: 'the date lies in the future.',
};

const OLDEST_PUPIL_YEARS = 30;
const ADDRESSES = [
  'currentAddress',
  'householdAddress',
  'guardians.0.householdAddress',
  'guardians.1.householdAddress',
];

/**
 * Everything that only two items together, or an item and the day, can show and the law does not say: whether a form
 * came by the counter or in a file. What has to be there at all is the law's (ID-23, ENR-07) and is not asked here.
 */
export function checkTogether(draft: FormDraft, context: ReadingContext): void {
  checkNationality(draft);
  checkDates(draft, context);
  for (const prefix of ['', 'guardians.0.', 'guardians.1.']) checkDocument(draft, prefix, context);
  checkSharedDocuments(draft);
  checkAddresses(draft, context);
  checkSpecialEducation(draft);
}

/** Whoever is not from abroad is Chinese, and a foreigner is not (ENR-17 knows both kinds). */
function checkNationality(draft: FormDraft): void {
  const nationality = draft.text('nationalityOrRegion');
  const category = draft.text('overseasCategory');
  if (nationality === undefined || category === undefined) return;
  const isForeign = category === 'FOREIGN' || category === 'FOREIGN_CHILD_OF_RESIDENT';
  const isChinese = nationality === 'CHN';
  if ((category === 'NONE' && !isChinese) || (isForeign && isChinese)) {
    draft.refuseAt('overseasCategory', NATIONALITY_DIFFERS);
  }
}

function checkDates(draft: FormDraft, { on }: ReadingContext): void {
  const birthDate = draft.text('birthDate');
  const oldest = `${Number(on.slice(0, 4)) - OLDEST_PUPIL_YEARS}${on.slice(4)}`;
  if (birthDate !== undefined && (birthDate > on || birthDate < oldest))
    draft.refuseAt('birthDate', NOT_PLAUSIBLE);
  for (const key of ['residencePermitIssueDate', 'filledOn']) {
    if ((draft.text(key) ?? '') > on) draft.refuseAt(key, IN_FUTURE);
  }
}

function checkSharedDocuments(draft: FormDraft): void {
  const seen = new Set<string>();
  for (const key of ['idDocumentNumber', 'guardians.0.idDocumentNumber', 'guardians.1.idDocumentNumber']) {
    const number = draft.text(key);
    if (number === undefined) continue;
    if (seen.has(number)) draft.refuseAt(key, SHARED_DOCUMENT);
    seen.add(number);
  }
}

function checkAddresses(draft: FormDraft, { regions }: ReadingContext): void {
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
export function addressOf(draft: FormDraft, key: string): F1Address | undefined {
  const value = draft.value(key);
  return typeof value === 'object' && value !== null && 'regionCode' in value
    ? (value as F1Address)
    : undefined;
}

function checkSpecialEducation(draft: FormDraft): void {
  if (draft.flag('isDisabled') !== false) return;
  for (const { key } of SPECIAL_EDUCATION_ITEMS) {
    if (!draft.isEmpty(key) && !draft.isRefused(key)) draft.refuseAt(key, NOT_DISABLED);
  }
}
