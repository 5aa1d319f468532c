import { checkCharacter } from '#libs/law/identity/citizen-id.ts';

/** A collection form as a client sends it. */
export type Form = Record<string, unknown> & { name: string; birthDate: string };

/** A well-formed resident ID number: the three digits tell apart children of one day and end even for girls. */
export const idNumber = (birthDate: string, sequence: number, region = '140105'): string => {
  const body = `${region}${birthDate.replaceAll('-', '')}${String(sequence * 2).padStart(3, '0')}`;
  return `${body}${checkCharacter(body)}`;
};

/** The mother of every made-up child. */
export const mother = (changes: Record<string, unknown> = {}): Record<string, unknown> => ({
  name: '样例母',
  relation: 'MOTHER',
  isLegalGuardian: true,
  idDocumentType: 'RESIDENT_ID',
  idDocumentNumber: idNumber('1990-01-01', 7),
  householdAddress: '(140105)样例路1号',
  phone: '13800000000',
  ...changes,
});

/** A complete form of the girl with this number among those born on a day (6 May 2020 unless told otherwise). */
export const girl = (sequence: number, changes: Record<string, unknown> = {}): Form => {
  const birthDate = typeof changes.birthDate === 'string' ? changes.birthDate : '2020-05-06';
  return {
    name: `样例${[...String(sequence)].map((digit) => '甲乙丙丁戊己庚辛壬癸'.charAt(Number(digit))).join('')}`,
    gender: 'FEMALE',
    nationalityOrRegion: '156',
    overseasCategory: 'NONE',
    ethnicGroup: '01',
    idDocumentType: 'RESIDENT_ID',
    idDocumentNumber: idNumber(birthDate, sequence),
    birthDate,
    currentAddress: '(140105)样例路1号',
    householdAddress: '(140105)样例路1号',
    gradeName: '一年级',
    className: '1班',
    isBoarder: false,
    isDisabled: false,
    isLeftBehind: false,
    guardians: [mother()],
    ...changes,
  };
};

/** A child without any identity document. */
export const withoutDocument = (sequence: number, changes: Record<string, unknown> = {}): Form =>
  girl(sequence, { idDocumentType: 'NONE', idDocumentNumber: null, ...changes });
