/** Which block a header names by its own words; null where only its place can tell. */
export type NamedBlock = 'STUDENT' | 'GUARDIAN_ONE' | 'GUARDIAN_TWO' | 'GUARDIAN' | 'SPECIAL_EDUCATION';

/** A header cell taken apart: the number before it, the block it names, the bare label. */
export type HeaderLabel = {
  readonly number: number | null;
  readonly block: NamedBlock | null;
  readonly bare: string;
};

const MARKS = /[★☆*＊※\s\u00a0\u3000\u200b\ufeff“”"'：:]/gu;
/** Hints on how to fill in a column; other brackets may change its meaning and are kept. */
const REMARK = /\([^()]*(?:必填|选填|格式|文本|yyyy|省市|是\/否|男\/女|\d位)[^()]*\)$/u;
const NUMBER = /^(?:第)?\(?(\d{1,2})\)?(?:[.．、,，)]|项|号)*(?=\D)/u;

const PERSON = '(?:学生)?(?:家庭)?(?:成员|监护人|家长)(?:或监护人)?(?:信息)?';
const ORDINAL = '([一二12①②])';
const JOINT = '[-_.、·/]*';
const GUARDIAN_BEFORE = new RegExp(`^${PERSON}${ORDINAL}(?:信息)?${JOINT}\\(?(.*?)\\)?$`, 'u');
const ORDINAL_FIRST = new RegExp(`^第?${ORDINAL}(?:位)?${PERSON}${JOINT}(.+)$`, 'u');
const GUARDIAN_AFTER = new RegExp(`^(.+?)[(\\-_]${PERSON}${ORDINAL}\\)?$`, 'u');
const SOME_GUARDIAN = /^(?:监护人|家长|家庭成员|成员)(.+)$/u;
const FIRST = new Set(['一', '1', '①']);

/** Spelling of a label by which it is looked up: no marks, remarks, spaces; brackets of one kind. */
export function plainLabel(text: string): string {
  const plain = text.replace(/（/gu, '(').replace(/）/gu, ')').replace(MARKS, '').toLowerCase();
  return plain.replace(REMARK, '');
}

/** Takes a header cell apart: `★18.成员一姓名` is number 18, guardian one, 姓名. */
export function headerLabel(text: string): HeaderLabel {
  const plain = plainLabel(text);
  const numbered = NUMBER.exec(plain);
  const number = numbered?.[1] === undefined ? null : Number(numbered[1]);
  const label = numbered === null ? plain : plain.slice(numbered[0].length);
  return { number, ...blockOf(label) };
}

function blockOf(label: string): { block: NamedBlock | null; bare: string } {
  for (const shape of [GUARDIAN_BEFORE, ORDINAL_FIRST]) {
    const before = shape.exec(label);
    if (before?.[1] !== undefined) return { block: guardianOf(before[1]), bare: before[2] ?? '' };
  }
  const after = GUARDIAN_AFTER.exec(label);
  if (after?.[2] !== undefined) return { block: guardianOf(after[2]), bare: after[1] ?? '' };
  const some = SOME_GUARDIAN.exec(label);
  if (some?.[1] !== undefined) return { block: 'GUARDIAN', bare: some[1] };
  return { block: null, bare: label };
}

const guardianOf = (ordinal: string): NamedBlock => (FIRST.has(ordinal) ? 'GUARDIAN_ONE' : 'GUARDIAN_TWO');

/** The block that a heading over several columns names, such as 学生家庭成员或监护人信息一. */
export function blockOfGroupHeading(text: string): NamedBlock | null {
  const plain = plainLabel(text);
  if (/特殊教育|特教/u.test(plain)) return 'SPECIAL_EDUCATION';
  const guardian = new RegExp(`${PERSON}${ORDINAL}`, 'u').exec(plain);
  if (guardian?.[1] !== undefined) return guardianOf(guardian[1]);
  return /^学生(?:个人|基本)?信息/u.test(plain) ? 'STUDENT' : null;
}
