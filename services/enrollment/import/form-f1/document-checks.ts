import { IdDocumentType } from '#libs/contracts/vocabulary.ts';
import type { Fault } from '../problems/row-problem.ts';
import { type CheckedType, faultOfFormat } from './document-number.ts';
import type { FormDraft } from './form-draft.ts';
import type { ReadingContext } from './parse-context.ts';
import { examineResidentNumber, type ResidentNumber } from './resident-number.ts';

/** Region codes that open the residence permits of Hong Kong, Macao and Taiwan residents. */
const PERMIT_REGION = /^8[123]0000/;

const NUMBER_WITHOUT_TYPE: Fault = {
  ruleId: 'ID-22',
  code: 'DOCUMENT_NUMBER_WITHOUT_TYPE',
  what: '证件类型为“无”，但填写了证件号。',
  remedy: '请改正证件类型，或清空证件号。',
  en: 'a number is given with document type NONE.',
};
const SHOULD_BE_RESIDENT_ID: Fault = {
  ruleId: 'ID-22',
  code: 'DOCUMENT_TYPE_MISMATCH',
  what: '填写的是居民身份号码，与证件类型不符。',
  remedy: '请将证件类型改为“居民身份证”，以免同一学生重复建籍。',
  en: 'the number is a resident ID number but the type says otherwise.',
};
const SHOULD_BE_PERMIT: Fault = {
  ruleId: 'ID-22',
  code: 'DOCUMENT_TYPE_MISMATCH',
  what: '填写的是港澳台居民居住证号码，与证件类型不符。',
  remedy: '请将证件类型改为“港澳居民来往内地通行证”或“台湾居民来往大陆通行证”一类。',
  en: 'the number is that of a residence permit of Hong Kong, Macao or Taiwan residents.',
};
const REGION_UNKNOWN: Fault = {
  ruleId: 'ID-22',
  code: 'ID_REGION_UNKNOWN',
  what: '号码前六位不在现行行政区划代码中（可能是已撤销的区划）。',
  remedy: '请对照证件核实；无误的无需修改。',
  en: 'the first six digits are no division in force (retired codes exist).',
};
const PERHAPS_ROUNDED: Fault = {
  ruleId: 'ID-22',
  code: 'NUMBER_PRECISION_LOST',
  what: '号码以“000”结尾，可能是表格软件丢失了末尾三位。',
  remedy: '请对照证件核实；无误的无需修改。',
  en: 'the number ends in 000, perhaps because a spreadsheet has rounded it.',
};
const BIRTH_DATE_DIFFERS: Fault = {
  ruleId: 'ID-22',
  code: 'IDENTITY_DATA_MISMATCH',
  what: '出生日期与身份号码中的出生日期不一致。',
  remedy: '请对照证件改正出生日期或证件号。',
  en: 'birth date contradicts the resident ID number.',
};
const GENDER_DIFFERS: Fault = {
  ruleId: 'ID-22',
  code: 'IDENTITY_DATA_MISMATCH',
  what: '性别与身份号码第17位表示的性别不一致。',
  remedy: '请对照证件改正性别或证件号。',
  en: 'gender contradicts the resident ID number.',
};
const BORN_IN_FUTURE: Fault = {
  ruleId: 'ID-22',
  code: 'DATE_NOT_PLAUSIBLE',
  what: '号码中的出生日期晚于今天。',
  remedy: '请对照证件重新录入号码。',
  en: 'the birth date in the number lies in the future.',
};

/**
 * Checks one person's identity document: `prefix` is '' for the pupil, `guardians.0.` or `guardians.1.` else. Birth date
 * and gender are compared for the pupil only; the form has neither for guardians. Type NONE without a number is lawful
 * and leads to a J-number (ID-08). A number that is missing, and the pupil's own resident ID number, the law judges
 * (ID-22, ID-23).
 */
export function checkDocument(draft: FormDraft, prefix: string, context: ReadingContext): void {
  const numberKey = `${prefix}idDocumentNumber`;
  const type = IdDocumentType.safeParse(draft.value(`${prefix}idDocumentType`));
  const number = draft.text(numberKey);
  if (!type.success || number === undefined) return;
  if (type.data === 'NONE') draft.refuseAt(numberKey, NUMBER_WITHOUT_TYPE);
  else if (type.data === 'RESIDENT_ID') checkResidentId(draft, prefix, number, context);
  else checkOtherDocument(draft, prefix, type.data, number, context);
}

function checkResidentId(draft: FormDraft, prefix: string, number: string, context: ReadingContext): void {
  const numberKey = `${prefix}idDocumentNumber`;
  const resident = examineResidentNumber(number);
  if (!resident.ok) {
    if (prefix !== '') draft.refuseAt(numberKey, resident.fault);
  } else if (PERMIT_REGION.test(number)) {
    draft.refuseAt(`${prefix}idDocumentType`, SHOULD_BE_PERMIT);
  } else {
    if (resident.birthDate > context.on) draft.refuseAt(numberKey, BORN_IN_FUTURE);
    if (!context.regions.knows(number.slice(0, 6))) draft.warnAt(numberKey, REGION_UNKNOWN);
    if (number.endsWith('000')) draft.warnAt(numberKey, PERHAPS_ROUNDED);
  }
}

function checkOtherDocument(
  draft: FormDraft,
  prefix: string,
  type: CheckedType,
  number: string,
  context: ReadingContext,
): void {
  const numberKey = `${prefix}idDocumentNumber`;
  const resident = number.length === 18 ? examineResidentNumber(number) : null;
  const isPermit = PERMIT_REGION.test(number);
  const format = faultOfFormat(type, number);
  if (resident?.ok && !isPermit) draft.refuseAt(`${prefix}idDocumentType`, SHOULD_BE_RESIDENT_ID);
  else if (format !== null) draft.refuseAt(numberKey, format);
  else if (isPermit && resident?.ok === false) draft.refuseAt(numberKey, resident.fault);
  else if (isPermit && resident?.ok) compareWithPerson(draft, prefix, resident, context);
}

function compareWithPerson(
  draft: FormDraft,
  prefix: string,
  resident: ResidentNumber,
  context: ReadingContext,
): void {
  if (resident.birthDate > context.on) draft.refuseAt(`${prefix}idDocumentNumber`, BORN_IN_FUTURE);
  if (prefix !== '') return;
  const birthDate = draft.text('birthDate');
  if (birthDate !== undefined && birthDate !== resident.birthDate)
    draft.refuseAt('birthDate', BIRTH_DATE_DIFFERS);
  const gender = draft.text('gender');
  if (gender !== undefined && gender !== resident.gender) draft.refuseAt('gender', GENDER_DIFFERS);
}
