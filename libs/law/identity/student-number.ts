import type { IsoDate } from '../dates.ts';
import { enforces } from '../enforces.ts';
import { type Finding, finding, type LawPlace } from '../finding.ts';
import { checkCharacter, readCitizenId } from './citizen-id.ts';

/** G: formal, verified. J: formal, without resident ID number. L: temporary, the first of everybody. */
export type StudentNumberKind = 'G_FORMAL' | 'J_FORMAL' | 'L_TEMPORARY';

/**
 * The ministry's rule of generation is not public; this is the form that secondary sources agree on, kept behind
 * this one file. 19 characters: letter, and G the resident ID number; J region 6, birth date 8, sequence 3, check
 * character; L region 6, birth date 8, random 4. Nothing else may read a number: it is an opaque text elsewhere.
 */
const KIND_OF_LETTER: Readonly<Record<string, StudentNumberKind>> = {
  G: 'G_FORMAL',
  J: 'J_FORMAL',
  L: 'L_TEMPORARY',
};

const L_SHAPE = /^L\d{18}$/;
const RANDOM_TAILS = 10_000;

/** So many J numbers there are for one region and birthday. */
export const SEQUENCES_OF_A_DAY = 1_000;

/** What the generators need of the school and the child. */
export type NumberSeed = { region: string; birthDate: IsoDate };

/** The kind of a well-formed student number, or undefined. */
export const studentNumberKind = (number: string): StudentNumberKind | undefined => {
  const kind = KIND_OF_LETTER[number.charAt(0)];
  if (!kind) return undefined;
  return isWellFormed(kind, number) ? kind : undefined;
};

/** The formal number of a child with a resident ID number. Throws RangeError when that number is not one. */
export const formalNumber = (residentIdNumber: string): string => {
  enforces('ID-03');
  const read = readCitizenId(residentIdNumber);
  if (!read.ok) throw new RangeError(`not a resident ID number: ${read.fault}`);
  return `G${read.citizenId.number}`;
};

/**
 * The formal number of a child without a resident ID number. `sequence` (0-999) tells apart the children of one
 * region and birthday; the caller takes the next free one. Throws RangeError beyond it.
 */
export const formalNumberWithoutId = (seed: NumberSeed, sequence: number): string => {
  if (!Number.isInteger(sequence) || sequence < 0 || sequence >= SEQUENCES_OF_A_DAY) {
    throw new RangeError('the sequence of a J number runs from 0 to 999');
  }
  const body = `${stem(seed)}${String(sequence).padStart(3, '0')}`;
  return `J${body}${checkCharacter(body)}`;
};

/**
 * A temporary number. `random` gives numbers in [0, 1); the caller draws again when the number is taken.
 */
export const temporaryNumber = (seed: NumberSeed, random: () => number): string => {
  const tail = Math.floor(random() * RANDOM_TAILS);
  return `L${stem(seed)}${String(tail).padStart(4, '0')}`;
};

/** Only the three kinds exist (ID-05). */
export const judgeNumberKind = (number: string, on: IsoDate, place: LawPlace): Finding[] =>
  studentNumberKind(number)
    ? []
    : [
        finding('ID-05', {
          message: '学籍号须为G、J或L字头的19位号码。',
          messageEn: 'A student number has 19 characters and begins with G, J or L.',
          path: ['studentNumber'],
          remedy: '请核对学籍号；不知道学籍号时，请按身份证件查找。',
          on,
          place,
        }),
      ];

/** No client supplies a number (ID-02): whoever sends one along is refused, whatever it is. */
export const judgeSuppliedNumber = (
  supplied: string | null | undefined,
  on: IsoDate,
  place: LawPlace,
): Finding[] =>
  supplied === null || supplied === undefined
    ? []
    : [
        finding('ID-02', {
          message: '学籍号由系统生成，不能由学校或主管部门填写。',
          messageEn: 'The system generates student numbers; nobody supplies one.',
          path: ['studentNumber'],
          remedy: '请去掉学籍号后重新提交。',
          on,
          place,
        }),
      ];

const isWellFormed = (kind: StudentNumberKind, number: string): boolean => {
  switch (kind) {
    case 'G_FORMAL':
      return number.length === 19 && readsAs(number.slice(1));
    case 'J_FORMAL':
      return /^J\d{17}[\dX]$/.test(number) && checkCharacter(number.slice(1, 18)) === number.charAt(18);
    case 'L_TEMPORARY':
      return L_SHAPE.test(number);
  }
};

const readsAs = (idNumber: string): boolean => {
  const read = readCitizenId(idNumber);
  return read.ok && read.citizenId.number === idNumber;
};

const stem = ({ region, birthDate }: NumberSeed): string => {
  const digits = `${region}${birthDate.replaceAll('-', '')}`;
  if (!/^\d{14}$/.test(digits))
    throw new RangeError('a number is built on six digits of region and a birth date');
  return digits;
};
