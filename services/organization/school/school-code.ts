import type { SchoolKind, Stage } from '#libs/contracts/vocabulary.ts';
import { highestStage } from './stages.ts';

/**
 * 学校标识码: two digits type, two digits province, six digits sequence (values seen in published lists). A code
 * names one school of one type for ever: renaming keeps it, a change of type ends it.
 */
export type SchoolCodeParts = { type: SchoolCodeType; province: string; sequence: number };

export type SchoolCodeType = '11' | '21' | '31' | '34' | '36' | '37' | '51';

const TYPES: readonly string[] = ['11', '21', '31', '34', '36', '37', '51'] satisfies SchoolCodeType[];
const LAST_SEQUENCE = 999_999;
const SHAPE = /^(\d{2})(\d{2})(\d{6})$/;

const isType = (text: string): text is SchoolCodeType => TYPES.includes(text);

/** Parts of a school code, the province as unit code; null when the text is none. */
export function parseSchoolCode(code: string): SchoolCodeParts | null {
  const [, type, province, sequence] = SHAPE.exec(code) ?? [];
  if (type === undefined || province === undefined || sequence === undefined) return null;
  if (!isType(type) || province === '00' || Number(sequence) === 0) return null;
  return { type, province: `${province}0000`, sequence: Number(sequence) };
}

/** The text of a code; the province as unit code. */
export const formatSchoolCode = ({ type, province, sequence }: SchoolCodeParts): string =>
  `${type}${province.slice(0, 2)}${String(sequence).padStart(6, '0')}`;

const TYPE_OF_STAGE: Readonly<Record<Stage, SchoolCodeType>> = {
  PRESCHOOL: '11',
  PRIMARY: '21',
  JUNIOR: '31',
  SENIOR: '34',
};

/** Type digits of a school. Where the kind has none of its own, the highest stage decides (ours). */
export function codeTypeOf(kind: SchoolKind, stages: readonly Stage[]): SchoolCodeType {
  switch (kind) {
    case 'SPECIAL_EDUCATION':
      return '51';
    case 'SPECIALIZED':
      return '37';
    case 'VOCATIONAL':
    case 'COMPREHENSIVE_CLASS_IN_VOCATIONAL':
      return '36';
    default: {
      const highest = highestStage(stages);
      if (highest === undefined) throw new RangeError('a school without a stage has no code');
      return TYPE_OF_STAGE[highest];
    }
  }
}

/**
 * The next free code of a type in a province: one above the highest ever given, so that a retired code never
 * comes back.
 *
 * @param province unit code, six digits.
 * @param used every code ever given, retired ones included; others than of this type and province do no harm,
 * and the highest of them is enough.
 * @throws RangeError when the 999,999 sequence numbers are used up.
 */
export function nextSchoolCode(type: SchoolCodeType, province: string, used: Iterable<string>): string {
  let highest = 0;
  for (const code of used) {
    const parts = parseSchoolCode(code);
    if (parts?.type === type && parts.province === province) highest = Math.max(highest, parts.sequence);
  }
  if (highest === LAST_SEQUENCE) throw new RangeError(`no school code left for type ${type} in ${province}`);
  return formatSchoolCode({ type, province, sequence: highest + 1 });
}
