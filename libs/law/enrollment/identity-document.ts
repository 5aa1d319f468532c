import type { IsoDate } from '../dates.ts';
import { type Finding, findingIfInForce, type LawPlace } from '../finding.ts';
import { type CitizenIdFault, readCitizenId } from '../identity/citizen-id.ts';
import { type CollectionFormFacts, isMissing } from './collection-form.ts';

/** What is wrong with a resident ID number, for the person at the counter. */
const FAULT_TEXT: Readonly<Record<CitizenIdFault, { zh: string; en: string }>> = {
  LENGTH: { zh: '应为18位', en: 'it has 18 characters' },
  CHARACTERS: { zh: '只能由数字组成，末位可以是X', en: 'it consists of digits, the last may be X' },
  REGION: { zh: '前两位不是有效的省级代码', en: 'it does not begin with a province' },
  BIRTH_DATE: { zh: '其中的出生日期不存在', en: 'its birth date does not exist' },
  CHECK_CHARACTER: { zh: '校验码不符，可能录错一位', en: 'its check character does not fit' },
};

/**
 * Data rest on a valid identity document (ID-22): a document named must come with its number, a resident ID number must
 * keep GB 11643, and birth date and sex must be those of the document. A child without any document (type NONE) is
 * registered all the same and goes towards a J number. The texts never repeat what was typed.
 */
export const judgeIdentityDocument = (form: CollectionFormFacts, on: IsoDate, place: LawPlace): Finding[] => {
  const { idDocumentType, idDocumentNumber } = form;
  if (isMissing(idDocumentType) || idDocumentType === 'NONE') return [];
  if (isMissing(idDocumentNumber) || typeof idDocumentNumber !== 'string') return numberMissing(on, place);
  if (idDocumentType !== 'RESIDENT_ID') return [];
  const read = readCitizenId(idDocumentNumber);
  if (!read.ok) return numberInvalid(read.fault, on, place);
  const { birthDate, gender } = read.citizenId;
  return [
    ...(isMissing(form.birthDate) || form.birthDate === birthDate
      ? []
      : mismatch('birthDate', '出生日期', on, place)),
    ...(isMissing(form.gender) || form.gender === gender ? [] : mismatch('gender', '性别', on, place)),
  ];
};

const numberMissing = (on: IsoDate, place: LawPlace): Finding[] =>
  findingIfInForce('ID-22', {
    message: '已选择身份证件类型，但没有填写证件号码。',
    messageEn: 'An identity document is named but its number is missing.',
    path: ['form', 'idDocumentNumber'],
    remedy: '请查看证件原件并填写号码；确实没有证件的，证件类型请选“无”，学生照常入学建籍。',
    ownerLevel: 'SCHOOL',
    on,
    place,
  });

const numberInvalid = (fault: CitizenIdFault, on: IsoDate, place: LawPlace): Finding[] =>
  findingIfInForce('ID-22', {
    code: 'IDENTITY_NUMBER_INVALID',
    message: `居民身份证号不正确：${FAULT_TEXT[fault].zh}。`,
    messageEn: `The resident ID number is wrong: ${FAULT_TEXT[fault].en}.`,
    path: ['form', 'idDocumentNumber'],
    remedy: '请对照居民身份证或居民户口簿重新录入。',
    ownerLevel: 'SCHOOL',
    on,
    place,
  });

const mismatch = (field: 'birthDate' | 'gender', label: string, on: IsoDate, place: LawPlace): Finding[] =>
  findingIfInForce('ID-22', {
    code: 'IDENTITY_DATA_MISMATCH',
    message: `${label}与居民身份证号不一致。`,
    messageEn: `${field} differs from the resident ID number.`,
    path: ['form', field],
    remedy: '请对照居民身份证或居民户口簿核对。',
    ownerLevel: 'SCHOOL',
    on,
    place,
  });
