import { type IsoDate, isIsoDate } from '../dates.ts';

/** What a resident ID number says when it keeps GB 11643. Personal data: it never goes into a log or an error. */
export type CitizenId = {
  /** 18 characters, half-width, capital X. */
  number: string;
  /** The six digits of the first registration, GB/T 2260. */
  region: string;
  birthDate: IsoDate;
  gender: 'MALE' | 'FEMALE';
};

/** Why a text is no resident ID number, in the order of the checks. */
export type CitizenIdFault = 'LENGTH' | 'CHARACTERS' | 'REGION' | 'BIRTH_DATE' | 'CHECK_CHARACTER';

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK_CHARACTERS = '10X98765432';
const SHAPE = /^\d{17}[\dX]$/;
const EARLIEST_BIRTH: IsoDate = '1900-01-01';

/** First two digits of GB/T 2260; 81 to 83 are also carried by residence permits of Hong Kong, Macao and Taiwan. */
const PROVINCES: ReadonlySet<string> = new Set(
  '11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83'.split(
    ' ',
  ),
);

/** The text as typed, made plain: full-width characters and lower-case x are mended, spaces are dropped. */
export const normaliseIdNumber = (typed: string): string =>
  typed.normalize('NFKC').replaceAll(/\s/g, '').toUpperCase();

/** ISO 7064 MOD 11-2 over 17 digits, as GB 11643 uses it. Throws RangeError for anything but 17 digits. */
export const checkCharacter = (digits: string): string => {
  if (!/^\d{17}$/.test(digits)) throw new RangeError('a check character is taken over 17 digits');
  const sum = WEIGHTS.reduce((total, weight, at) => total + weight * Number(digits[at]), 0);
  return CHECK_CHARACTERS.charAt(sum % 11);
};

/** Reads a resident ID number (GB 11643) after normalising it; every property is checked. */
export const readCitizenId = (
  typed: string,
): { ok: true; citizenId: CitizenId } | { ok: false; fault: CitizenIdFault } => {
  const number = normaliseIdNumber(typed);
  const fault = faultOf(number);
  if (fault) return { ok: false, fault };
  return {
    ok: true,
    citizenId: {
      number,
      region: number.slice(0, 6),
      birthDate: birthDateOf(number),
      gender: Number(number.charAt(16)) % 2 === 1 ? 'MALE' : 'FEMALE',
    },
  };
};

const faultOf = (number: string): CitizenIdFault | undefined => {
  if (number.length !== 18) return 'LENGTH';
  if (!SHAPE.test(number)) return 'CHARACTERS';
  if (!PROVINCES.has(number.slice(0, 2))) return 'REGION';
  const birthDate = birthDateOf(number);
  if (!isIsoDate(birthDate) || birthDate < EARLIEST_BIRTH) return 'BIRTH_DATE';
  return checkCharacter(number.slice(0, 17)) === number.charAt(17) ? undefined : 'CHECK_CHARACTER';
};

const birthDateOf = (number: string): IsoDate =>
  `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`;
