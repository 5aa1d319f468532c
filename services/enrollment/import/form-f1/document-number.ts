import { hasShapeOf, type ShapedDocument } from '#libs/law/identity/document-shape.ts';
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
export type CheckedType = ShapedDocument;

/** How the numbers of a type look, for the person at the counter. */
const FORMATS: Record<CheckedType, { say: string; en: string }> = {
  HK_MACAO_PERMIT: {
    say: '通行证为字母H或M加8位或10位数字；居住证为810000或820000开头的18位号码',
    en: 'HK/Macao permit: H or M and 8 or 10 digits, or an 18-character residence permit',
  },
  TAIWAN_PERMIT: {
    say: '通行证为8位数字（旧版10位数字，可带一位字母）；居住证为830000开头的18位号码',
    en: 'Taiwan permit: 8 digits (old: 10 digits and a letter), or an 18-character residence permit',
  },
  PASSPORT: { say: '护照号为5至15位字母和数字', en: 'passport: 5 to 15 letters and digits' },
  OTHER: { say: '证件号为4至40位，至少含一位数字', en: 'other document: 4 to 40 characters with a digit' },
};

/** The fault in the shape of a number of this type, or null. */
export function faultOfFormat(type: CheckedType, number: string): Fault | null {
  const format = FORMATS[type];
  if (hasShapeOf(type, number)) return null;
  return {
    ruleId: 'ID-22',
    code: 'DOCUMENT_NUMBER_INVALID',
    what: '证件号与所选证件类型的号码格式不符。',
    remedy: `${format.say}；请核对证件号，或改正证件类型。`,
    en: `number does not fit its document type (${format.en}).`,
  };
}
