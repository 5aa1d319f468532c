import { ResidentIdIssuer } from '#deploy/demo/resident-id.ts';

/** A collection form as a school's own program would send it. */
export type SentForm = Record<string, unknown>;

const digits = '甲乙丙丁戊己庚辛壬癸';
const nameOf = (surname: string, sequence: number): string =>
  `${surname}${[...String(sequence)].map((digit) => digits.charAt(Number(digit))).join('')}`;

/** Complete forms of made-up first-graders of a county, every one of them another child; endless. */
export function* firstGraders(county: string, entryYear: number): Generator<SentForm> {
  const births = { from: `${entryYear - 7}-09-01`, to: `${entryYear - 6}-08-31` };
  const parents = { from: '1980-01-01', to: '1994-12-31' };
  const childIds = new ResidentIdIssuer(births);
  const parentIds = new ResidentIdIssuer(parents);
  const address = `(${county})测量路1号`;
  for (let sequence = 0; ; sequence++) {
    const isGirl = sequence % 2 === 0;
    const at = ((sequence * 7919) % 10_007) / 10_007;
    const child = childIds.issue(county, isGirl ? 'FEMALE' : 'MALE', births, at);
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
          idDocumentNumber: parentIds.issue(county, 'FEMALE', parents, 1 - at).idNumber,
          householdAddress: address,
          phone: `154${String(sequence).padStart(8, '0')}`,
        },
      ],
    };
  }
}
