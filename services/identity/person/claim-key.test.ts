import type { PersonForm } from '#libs/contracts/person-form.ts';
import { idNumberBornOn } from '#libs/law/testing/registration.ts';
import { createSealing } from '#libs/platform/crypto/sealing.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { claimKeyOf } from './claim-key.ts';

const secret = Buffer.alloc(32, 7).toString('base64');
const sealing = createSealing({ current: 'a', keys: { a: secret } }, secret);
type Guardian = PersonForm['guardians'][number];

const parent = (changes: Partial<Guardian> = {}): Guardian => ({
  name: '样例母',
  relation: 'MOTHER',
  isLegalGuardian: true,
  ethnicGroup: null,
  idDocumentType: 'RESIDENT_ID',
  idDocumentNumber: idNumberBornOn('1990-01-01'),
  workUnit: null,
  householdAddress: null,
  phone: null,
  ...changes,
});

const child = (changes: Partial<PersonForm> = {}): PersonForm => ({
  name: '阿依古丽·样例',
  formerName: null,
  gender: 'FEMALE',
  nationality: '156',
  overseasCategory: 'NONE',
  ethnicGroup: null,
  idDocumentType: 'RESIDENT_ID',
  idDocumentNumber: idNumberBornOn('2020-05-06'),
  birthDate: '2020-05-06',
  profile: {
    currentAddress: null,
    householdAddress: null,
    politicalStatus: null,
    isBoarder: false,
    isLeftBehind: false,
    isMigrantChild: false,
    isDisabled: false,
    disabilityType: null,
    placementMode: null,
    hasResidencePermit: false,
    residencePermitIssuer: null,
    residencePermitIssueDate: null,
    contactPhone: null,
    commuteDistance: null,
    commuteMode: null,
  },
  guardians: [parent()],
  ...changes,
});

const keyOf = (changes: Partial<PersonForm> = {}): string =>
  claimKeyOf(child(changes), sealing).toString('hex');
const none = { idDocumentType: 'NONE', idDocumentNumber: null } as const;

describe('the key under which a person is claimed', () => {
  test(holds('ID-17', 'two children are two persons'), () => {
    expect(keyOf()).not.toBe(keyOf({ idDocumentNumber: idNumberBornOn('2020-05-07') }));
    expect(keyOf(none)).not.toBe(keyOf({ ...none, name: '阿依仙·样例' }));
    expect(keyOf(none)).not.toBe(keyOf({ ...none, gender: 'MALE' }));
    expect(keyOf(none)).not.toBe(keyOf({ ...none, birthDate: '2020-05-07' }));
    const other = parent({ idDocumentNumber: idNumberBornOn('1991-01-01') });
    expect(keyOf(none)).not.toBe(keyOf({ ...none, guardians: [other] }));
  });

  test('a document number belongs to its type', () => {
    const number = 'E12345678';
    const passport = keyOf({ idDocumentType: 'PASSPORT', idDocumentNumber: number });
    expect(passport).not.toBe(keyOf({ idDocumentType: 'OTHER', idDocumentNumber: number }));
  });

  test(
    breaks('ID-18', 'a resident ID number is one person’s under whatever type and name it is entered'),
    () => {
      for (const idDocumentType of ['PASSPORT', 'HK_MACAO_PERMIT', 'TAIWAN_PERMIT', 'OTHER'] as const) {
        expect(keyOf({ idDocumentType, name: '另一个名字' })).toBe(keyOf());
      }
    },
  );

  test.each([
    ['spaces', '阿依古丽 · 样例'],
    ['another dot', '阿依古丽•样例'],
    ['a dot of Japanese texts', '阿依古丽・样例'],
    ['a full stop', '阿依古丽.样例'],
  ])(breaks('ID-18', 'a child without a document is the same one with %s in its name'), (_, name) => {
    expect(keyOf({ ...none, name })).toBe(keyOf(none));
  });

  test(breaks('ID-18', 'and with its guardians in another order'), () => {
    const father = parent({ relation: 'FATHER', idDocumentNumber: idNumberBornOn('1988-03-04') });
    const uncle = parent({ isLegalGuardian: false, idDocumentNumber: idNumberBornOn('1970-03-04') });
    expect(keyOf({ ...none, guardians: [father, parent()] })).toBe(
      keyOf({ ...none, guardians: [parent(), father] }),
    );
    expect(keyOf({ ...none, guardians: [uncle, parent()] })).toBe(keyOf({ ...none, guardians: [parent()] }));
  });

  test('a type without a number is no document', () => {
    expect(keyOf({ idDocumentType: 'PASSPORT', idDocumentNumber: null })).toBe(keyOf(none));
  });
});
