import { fail, type Reading, read } from './reading-cell.ts';
import { lengthOf } from './text.ts';

/** Dots that are typed for the one that parts the names of many peoples (间隔号). */
const DOTS = /[•・‧∙⋅．●▪]/gu;
/** A full stop between Chinese characters stands for the same dot; in other scripts it ends an initial. */
const STOP_BETWEEN_HAN = /(?<=\p{Script=Han}) ?\. ?(?=\p{Script=Han})/gu;
const SPACE_BETWEEN_HAN = /(?<=\p{Script=Han}) (?=\p{Script=Han})/gu;
const SPACE_ROUND_DOT = / ?· ?/gu;
/** Letters of any script with their marks (variation selectors too), dots, hyphens, apostrophes and single spaces. */
const NAME = /^\p{L}[\p{L}\p{M}·.'’\- ]*$/u;
const MAX_LENGTH = 60;

const LOST_CHARACTER = fail({
  ruleId: null,
  code: 'NAME_NOT_READABLE',
  what: '含有问号或方框，可能是生僻字丢失。',
  remedy: '请用支持生僻字的输入法重新录入与证件一致的姓名。',
  en: 'a question mark or box stands where a rare character was probably lost.',
});
const NOT_A_NAME = fail({
  ruleId: null,
  code: 'NAME_NOT_READABLE',
  what: '含有数字或符号，不像姓名。',
  remedy: '请只填写与证件一致的姓名，去掉数字、括号和说明文字。',
  en: 'digits or symbols where a name is expected.',
});
const TOO_LONG = fail({
  ruleId: null,
  code: 'TEXT_TOO_LONG',
  what: `超过${MAX_LENGTH}个字。`,
  remedy: '请只填写与证件一致的姓名。',
  en: `longer than ${MAX_LENGTH} characters.`,
});

/** A person's name as the identity document writes it: rare characters intact, dots made one kind. */
export function readName(text: string): Reading<string> {
  const name = /^[\u4e00-\u9fff]+$/.test(text)
    ? text
    : text
        .replace(DOTS, '·')
        .replace(STOP_BETWEEN_HAN, '·')
        .replace(SPACE_ROUND_DOT, '·')
        .replace(SPACE_BETWEEN_HAN, '');
  if (lengthOf(name) > MAX_LENGTH) return TOO_LONG;
  if (/[?？□◻▯]/u.test(name)) return LOST_CHARACTER;
  return NAME.test(name) ? read(name) : NOT_A_NAME;
}
