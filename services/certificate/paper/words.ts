import type { Gender } from '#libs/contracts/vocabulary.ts';
import type { Piece } from '#libs/platform/pdf/lines.ts';

/** Printed words of a form. */
export const printed = (text: string): Piece => ({ text, weight: 'REGULAR', isFilled: false });

const EMPTY = '\u00a0'.repeat(10);

/** What was entered into a form; a little space on both sides lets the rule reach beyond the text. */
const filled = (text: string | number | null): Piece => ({
  text: text === null ? EMPTY : `\u00a0${text}\u00a0`,
  weight: 'BOLD',
  isFilled: true,
});

/** Pieces out of a template: printed words and entered values in turn; null leaves a place empty. */
export const form = (words: TemplateStringsArray, ...values: (string | number | null)[]): Piece[] =>
  words.flatMap((word, index) => {
    const value = values[index];
    return [...(word ? [printed(word)] : []), ...(value === undefined ? [] : [filled(value)])];
  });

/** A day as `2026年7月10日`. */
export const dayInWords = (day: string): string => {
  const [year, month, date] = day.split('-').map(Number);
  return `${year}年${month}月${date}日`;
};

/** Year and month of `yyyy-mm`, without leading zeros. */
export const monthParts = (month: string): { year: number; month: number } => {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return { year, month: number };
};

/** The joint words of stub and body: prefix, 第, number, 号. */
export const serialOf = ({
  serialPrefix,
  serialNumber,
}: {
  serialPrefix: string;
  serialNumber: string;
}): string => `${serialPrefix.endsWith('字') ? serialPrefix : `${serialPrefix}字`}第${serialNumber}号`;

/** 男 or 女. */
export const genderWord = (gender: Gender): string => (gender === 'MALE' ? '男' : '女');

/** A division with its word: the printed 省 or 县（市、区） follows only a name that has none of its own. */
export const withUnit = (name: string | null, units: RegExp, word: string): string | null =>
  name === null || units.test(name) ? name : `${name}${word}`;
