import { addDays } from '#libs/law/dates.ts';
import { checkCharacter } from '#libs/law/identity/citizen-id.ts';

/** A collection form as a school's own program would send it. */
export type SentForm = Record<string, unknown>;

const digits = '甲乙丙丁戊己庚辛壬癸';
const nameOf = (surname: string, sequence: number): string =>
  `${surname}${[...String(sequence)].map((digit) => digits.charAt(Number(digit))).join('')}`;

const daysOfBirth = 365;

/**
 * The birth date and resident ID number of the n-th made-up person of a county: a boy and a girl a day, then the days
 * again. Sequence numbers go down from 995, below those of the demo nation, so that nobody is there already.
 */
const birthOf = (county: string, from: string, n: number) => {
  const day = Math.floor(n / 2) % daysOfBirth;
  const round = Math.floor(n / (2 * daysOfBirth));
  const birthDate = addDays(from, day);
  const seventeen = `${county}${birthDate.replaceAll('-', '')}${995 - (n % 2) - 2 * round}`;
  return { birthDate, idNumber: `${seventeen}${checkCharacter(seventeen)}` };
};

/** Complete forms of made-up first-graders of a county, every one of them another child; good for 180,000. */
export function* firstGraders(county: string, entryYear: number): Generator<SentForm> {
  const address = `(${county})测量路1号`;
  for (let sequence = 0; ; sequence++) {
    const isGirl = sequence % 2 === 1;
    const child = birthOf(county, `${entryYear - 7}-09-01`, sequence);
    yield {
      name: nameOf('测', sequence),
      gender: isGirl ? 'FEMALE' : 'MALE',
      nationalityOrRegion: '156',
      overseasCategory: 'NONE',
      ethnicGroup: '01',
      idDocumentType: 'RESIDENT_ID',
      idDocumentNumber: child.idNumber,
      birthDate: child.birthDate,
      currentAddress: address,
      householdAddress: address,
      gradeName: '一年级',
      className: '1班',
      isBoarder: false,
      isDisabled: false,
      isLeftBehind: false,
      guardians: [
        {
          name: nameOf('量', sequence),
          relation: 'MOTHER',
          isLegalGuardian: true,
          idDocumentType: 'RESIDENT_ID',
          idDocumentNumber: birthOf(county, '1990-01-01', 2 * sequence + 1).idNumber,
          householdAddress: address,
          phone: `154${String(sequence).padStart(8, '0')}`,
        },
      ],
    };
  }
}
