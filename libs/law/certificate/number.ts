import type { IsoDate } from '../dates.ts';
import { type Finding, finding, type LawPlace } from '../finding.ts';
import { CERTIFICATE_KINDS, type CertificateKind } from './kinds.ts';

/** What a number is made of; `issuer`: a code of 6 to 10 digits; `serial`: 1 to 999999, counted by issuer, kind and year. */
export type NumberParts = { issuer: string; kind: CertificateKind; year: number; serial: number };

const LAST_SERIAL = 999_999;
const SHAPE = /^(\d{6,10})-([1-4])-(\d{4})-(\d{6})-(\d{2})$/;

/**
 * The number of a certificate (ours; the texts ask for a number and give no form): issuer, digit of the kind, year, serial
 * and two check digits by ISO 7064 MOD 97-10, which catch every single wrong digit and every swap of neighbours. It tells
 * nothing of the holder, and being countable it opens nothing: whoever checks must know the name as well (CRT-13).
 * Throws RangeError for parts outside their range.
 */
export const certificateNumber = ({ issuer, kind, year, serial }: NumberParts): string => {
  if (!/^\d{6,10}$/.test(issuer)) throw new RangeError('an issuer has 6 to 10 digits');
  if (!Number.isInteger(serial) || serial < 1 || serial > LAST_SERIAL)
    throw new RangeError('serial out of range');
  if (!Number.isInteger(year) || year < 1000 || year > 9999) throw new RangeError('a year has four digits');
  const digit = CERTIFICATE_KINDS.indexOf(kind) + 1;
  const body = [issuer, digit, year, String(serial).padStart(6, '0')].join('-');
  return `${body}-${checkDigits(body)}`;
};

/** The parts of a number; undefined for a text that is none, a wrong check included. */
export const parseCertificateNumber = (text: string): NumberParts | undefined => {
  const match = SHAPE.exec(text);
  if (!match) return undefined;
  const [, issuer = '', digit, year, serial, check] = match;
  const kind = CERTIFICATE_KINDS[Number(digit) - 1];
  if (!kind || Number(serial) < 1 || checkDigits(text.slice(0, -3)) !== check) return undefined;
  return { issuer, kind, year: Number(year), serial: Number(serial) };
};

const checkDigits = (body: string): string => {
  let rest = 0;
  for (const digit of `${body.replaceAll('-', '')}00`) rest = (rest * 10 + Number(digit)) % 97;
  return String(98 - rest).padStart(2, '0');
};

/** The sign of a province by the first two digits of its code. */
const SIGNS: Readonly<Record<string, string>> = {
  ...{ 11: '京', 12: '津', 13: '冀', 14: '晋', 15: '蒙', 21: '辽', 22: '吉', 23: '黑', 31: '沪', 32: '苏' },
  ...{ 33: '浙', 34: '皖', 35: '闽', 36: '赣', 37: '鲁', 41: '豫', 42: '鄂', 43: '湘', 44: '粤', 45: '桂' },
  ...{ 46: '琼', 50: '渝', 51: '川', 52: '贵', 53: '云', 54: '藏', 61: '陕', 62: '甘', 63: '青', 64: '宁' },
  ...{ 65: '新', 66: '兵', 71: '台', 81: '港', 82: '澳' },
};

const WORDS: Readonly<Record<CertificateKind, string>> = {
  GRADUATION: '毕字',
  COMPLETION: '结字',
  INCOMPLETION: '肄字',
  SCHOOLING: '毕证字',
};

/**
 * The words before the serial. A certificate of schooling has 晋毕证字 at the joint of stub and body in Shanxi (form F5), and
 * elsewhere the same with the sign of its own province (ours); form F4 leaves the words open, and those of the other kinds are ours.
 */
export const serialPrefixOf = (kind: CertificateKind, province: string): string =>
  kind === 'SCHOOLING' ? `${SIGNS[province.slice(0, 2)] ?? ''}${WORDS.SCHOOLING}` : WORDS[kind];

/** The most serials that an issuer has for a kind in a year. */
export const MOST_SERIALS = LAST_SERIAL;

/** A number is used once by an issuer for a kind, and never again, not even after a revocation (CRT-13). */
export const judgeNumber = (facts: { taken: boolean }, on: IsoDate, place: LawPlace): Finding[] =>
  facts.taken
    ? [
        finding('CRT-13', {
          code: 'CERTIFICATE_NUMBER_TAKEN',
          message: '该证书编号已被使用，编号不得重复，作废的也不再使用。',
          messageEn: 'The number has been used; none is used twice, nor again after a revocation.',
          path: ['number'],
          remedy: '请使用新的编号。',
          ownerLevel: 'COUNTY',
          on,
          place,
        }),
      ]
    : [];
