import { type CitizenIdFault, readCitizenId } from '#libs/law/identity/citizen-id.ts';
import type { Fault } from '../problems/row-problem.ts';

/** What a sound resident ID number says of its holder (GB 11643). */
export type ResidentNumber = {
  readonly ok: true;
  readonly birthDate: string;
  readonly gender: 'MALE' | 'FEMALE';
};

type Words = Pick<Fault, 'code' | 'what' | 'remedy' | 'en'>;

const COMPARE = '请对照证件逐位核对。';
const FAULTS: Record<CitizenIdFault, Words> = {
  LENGTH: {
    code: 'IDENTITY_NUMBER_INVALID',
    what: '居民身份号码应为18位。',
    remedy: '请填写18位号码（旧的15位号码须换成18位）；不是居民身份证的，请改正证件类型。',
    en: 'a resident ID number has 18 characters.',
  },
  CHARACTERS: {
    code: 'IDENTITY_NUMBER_INVALID',
    what: '居民身份号码只能是17位数字加1位数字或X。',
    remedy: COMPARE,
    en: 'a resident ID number is 17 digits and a digit or X.',
  },
  REGION: {
    code: 'IDENTITY_NUMBER_INVALID',
    what: '居民身份号码前两位不是任何省份的代码。',
    remedy: COMPARE,
    en: 'the first two digits are no province.',
  },
  BIRTH_DATE: {
    code: 'IDENTITY_NUMBER_INVALID',
    what: '居民身份号码中的出生日期不存在。',
    remedy: COMPARE,
    en: 'the birth date in the number does not exist.',
  },
  CHECK_CHARACTER: {
    code: 'IDENTITY_NUMBER_INVALID',
    what: '居民身份号码校验不通过，有一位或几位录错。',
    remedy: COMPARE,
    en: 'the check character is wrong.',
  },
};

/** Reads a resident ID number, or tells the clerk what is wrong with it. */
export function examineResidentNumber(
  number: string,
): ResidentNumber | { readonly ok: false; readonly fault: Fault } {
  const result = readCitizenId(number);
  if (!result.ok) return { ok: false, fault: { ruleId: 'ID-22', ...FAULTS[result.fault] } };
  return { ok: true, birthDate: result.citizenId.birthDate, gender: result.citizenId.gender };
}
