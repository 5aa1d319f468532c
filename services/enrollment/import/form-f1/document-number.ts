import type { IdDocumentType } from '#libs/contracts/vocabulary.ts';
import type { Fault } from '../problems/row-problem.ts';
import { type CellReader, fail, read } from './reading-cell.ts';

const SEPARATORS = /[\s\-—–－]/gu;
const SCIENTIFIC = /^\d(?:\.\d+)?E\+?\d+$/i;
const MAX_LENGTH = 40;

/** A number that a spreadsheet has rounded to fifteen digits; the rest cannot be got back. */
export const PRECISION_LOST: Fault = {
  ruleId: 'ID-22',
  code: 'NUMBER_PRECISION_LOST',
  what: '证件号被表格软件当作数值保存，末尾几位已丢失。',
  remedy: '请先把该列设为“文本”格式，再对照证件重新录入完整号码。',
  en: 'stored as a number, the last digits are lost.',
};

const TOO_LONG = fail({
  ruleId: 'ID-22',
  code: 'DOCUMENT_NUMBER_INVALID',
  what: '证件号过长。',
  remedy: '请只填写证件上的号码，去掉说明文字。',
  en: 'document number is too long.',
});

/** The number of an identity document in one spelling: no spaces or hyphens, letters in capitals. */
export const readDocumentNumber: CellReader<string> = (text) => {
  const number = text.replace(SEPARATORS, '').replace(/（/gu, '(').replace(/）/gu, ')').toUpperCase();
  if (SCIENTIFIC.test(number)) return fail(PRECISION_LOST);
  return number.length > MAX_LENGTH ? TOO_LONG : read(number);
};

/** Types whose numbers are judged by their shape alone. */
export type CheckedType = Exclude<IdDocumentType, 'RESIDENT_ID' | 'NONE'>;

const FORMATS: Record<CheckedType, { shape: RegExp; say: string; en: string }> = {
  // Permit: H or M with 8 digits, two more digits count the issues. Residence permit: 18 characters, 81 or 82.
  HK_MACAO_PERMIT: {
    shape: /^(?:[HM]\d{8}(?:\d{2})?|8[12]0000\d{11}[\dX])$/,
    say: '通行证为字母H或M加8位或10位数字；居住证为810000或820000开头的18位号码',
    en: 'HK/Macao permit: H or M and 8 or 10 digits, or an 18-character residence permit',
  },
  // Permit: 8 digits, older ones 10 digits and a letter. Residence permit: 18 characters, 83.
  TAIWAN_PERMIT: {
    shape: /^(?:\d{8}|\d{10}(?:\(?[A-Z]\)?)?|830000\d{11}[\dX])$/,
    say: '通行证为8位数字（旧版10位数字，可带一位字母）；居住证为830000开头的18位号码',
    en: 'Taiwan permit: 8 digits (old: 10 digits and a letter), or an 18-character residence permit',
  },
  PASSPORT: {
    shape: /^(?=.*\d)[A-Z0-9]{5,15}$/,
    say: '护照号为5至15位字母和数字',
    en: 'passport: 5 to 15 letters and digits',
  },
  OTHER: {
    shape: /^(?=.*\d)[\dA-Z()\u4e00-\u9fff]{4,40}$/,
    say: '证件号为4至40位，至少含一位数字',
    en: 'other document: 4 to 40 characters with a digit',
  },
};

/** The fault in the shape of a number of this type, or null. */
export function faultOfFormat(type: CheckedType, number: string): Fault | null {
  const format = FORMATS[type];
  if (format.shape.test(number)) return null;
  return {
    ruleId: 'ID-22',
    code: 'DOCUMENT_NUMBER_INVALID',
    what: '证件号与所选证件类型的号码格式不符。',
    remedy: `${format.say}；请核对证件号，或改正证件类型。`,
    en: `number does not fit its document type (${format.en}).`,
  };
}
