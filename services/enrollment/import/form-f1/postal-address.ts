import { type CellReader, fail, read } from './reading-cell.ts';
import type { F1Address } from './row.ts';
import { lengthOf } from './text.ts';

const LENGTH = { min: 5, max: 200 };
const LEADING_CODE = /^[(（[【]?(\d{6})[)）\]】]?[ ,，、:：-]*(?=\D)/u;

const INCOMPLETE = fail({
  ruleId: null,
  code: 'TEXT_TOO_SHORT',
  what: '地址不完整。',
  remedy: '请从省、市、县（市、区）写到街道（乡镇）、门牌（村组）。',
  en: 'address is incomplete.',
});
const TOO_LONG = fail({
  ruleId: null,
  code: 'TEXT_TOO_LONG',
  what: `地址超过${LENGTH.max}个字。`,
  remedy: `请缩短到${LENGTH.max}个字以内。`,
  en: `address is longer than ${LENGTH.max} characters.`,
});

/** An address; a division code of GB/T 2260 written before it is taken out as `regionCode`. */
export const readAddress: CellReader<F1Address> = (text) => {
  const code = LEADING_CODE.exec(text);
  const rest = code === null ? text : text.slice(code[0].length).trim();
  const length = lengthOf(rest);
  if (length > LENGTH.max) return TOO_LONG;
  if (length < LENGTH.min || !/\p{L}/u.test(rest)) return INCOMPLETE;
  return read({ regionCode: code?.[1] ?? null, text: rest });
};
