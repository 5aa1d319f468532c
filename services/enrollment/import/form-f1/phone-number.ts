import { fail, type Reading, read } from './reading-cell.ts';

const MOBILE = /^1[3-9]\d{9}$/;
const LANDLINE = /^(0(?:10|2\d|[3-9]\d{2}))(\d{7,8})(?:[-转x]?(\d{1,6}))?$/;
const ABROAD = /^\+(?!86)\d{7,15}$/;

const INVALID = fail({
  ruleId: null,
  code: 'PHONE_INVALID',
  what: '不是有效的电话号码。',
  remedy: '请填写11位手机号，或带区号的固定电话（如0351-1234567），境外号码以“+国家代码”开头。',
  en: 'not a mobile number, a landline with area code, or a foreign number with +.',
});

/** A telephone number: `13…` (11 digits), `0351-1234567`, with extension `0351-1234567-801`, or `+81…`. */
export function readPhone(text: string): Reading<string> {
  const plain = text.replace(/[\s()（）]/gu, '').replace(/[－—–]/gu, '-');
  const compact = plain.replace(/^(\+86|0086|86(?=1[3-9]))-?/, '');
  const mobile = compact.replace(/-/g, '');
  if (MOBILE.test(mobile)) return read(mobile);
  if (ABROAD.test(plain.replace(/-/g, ''))) return read(plain.replace(/-/g, ''));
  const landline = LANDLINE.exec(compact.replace(/-/, ''));
  if (landline === null) return INVALID;
  const [, area, local, extension] = landline;
  return read(extension === undefined ? `${area}-${local}` : `${area}-${local}-${extension}`);
}
