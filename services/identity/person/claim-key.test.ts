import type { PersonForm } from '#libs/contracts/person-form.ts';
import { idNumberBornOn } from '#libs/law/testing/registration.ts';
import { createSealing } from '#libs/platform/crypto/sealing.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { childOf, keysOf } from './claim-key.ts';

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

const residentNumber = idNumberBornOn('2020-05-06');
const none = { idDocumentType: 'NONE', idDocumentNumber: null } as const;
const keys = (changes: Partial<PersonForm> = {}) => keysOf(childOf(child(changes)), sealing);
const claims = (changes: Partial<PersonForm> = {}) => keys(changes).claims.map((key) => key.toString('hex'));
const likenesses = (changes: Partial<PersonForm> = {}) =>
  keys(changes).likenesses.map((key) => key.toString('hex'));
const common = (one: Partial<PersonForm>, other: Partial<PersonForm>) =>
  claims(one).filter((key) => claims(other).includes(key));

describe('the keys under which a person is claimed', () => {
  test(holds('ID-17', 'two children are two persons'), () => {
    expect(common({}, { idDocumentNumber: idNumberBornOn('2020-05-07') })).toEqual([]);
    expect(common(none, { ...none, name: '阿依仙·样例' })).toEqual([]);
    expect(common(none, { ...none, gender: 'MALE' })).toEqual([]);
    expect(common(none, { ...none, birthDate: '2020-05-07' })).toEqual([]);
    const other = parent({ idDocumentNumber: idNumberBornOn('1991-01-01') });
    expect(common(none, { ...none, guardians: [other] })).toEqual([]);
  });

  test(
    breaks('ID-18', 'a resident ID number is one person’s under whatever type and name it is typed'),
    () => {
      for (const idDocumentType of [
        'PASSPORT',
        'HK_MACAO_PERMIT',
        'TAIWAN_PERMIT',
        'OTHER',
        'NONE',
      ] as const) {
        expect(claims({ idDocumentType, name: '另一个名字' })).toEqual(claims());
      }
    },
  );

  test(breaks('ID-18', 'a child without a document has one with each of its guardians'), () => {
    const father = parent({ relation: 'FATHER', idDocumentNumber: idNumberBornOn('1988-03-04') });
    const both = { ...none, guardians: [father, parent()] };
    expect(new Set(claims(both)).size).toBe(2);
    expect(common(both, none)).toHaveLength(1);
    expect(common(both, { ...none, guardians: [father] })).toHaveLength(1);
  });

  test(
    holds('ID-17', 'a child of whom nothing is known that only it can have claims nothing by its name'),
    () => {
      const undocumented = parent({ idDocumentType: 'NONE', idDocumentNumber: null });
      expect(claims({ ...none, guardians: [undocumented] })).toEqual([]);
      expect(likenesses({ ...none, guardians: [undocumented] })).toHaveLength(1);
    },
  );

  test(breaks('ID-17', 'with a document or without, it stands under its name and birth'), () => {
    expect(likenesses()).toEqual(likenesses(none));
    expect(likenesses({ idDocumentType: 'PASSPORT', idDocumentNumber: 'E12345678' })).toContain(
      likenesses()[0],
    );
    expect(likenesses({ birthDate: '2020-05-07' })).not.toEqual(likenesses());
  });

  test('a type without a number is no document', () => {
    for (const idDocumentNumber of [null, '', '-', '暂无']) {
      expect(claims({ idDocumentType: 'PASSPORT', idDocumentNumber })).toEqual(claims(none));
    }
  });

  test(holds('PRV-15', 'what is stored is a keyed hash: another secret gives other keys'), () => {
    const other = createSealing(
      { current: 'a', keys: { a: secret } },
      Buffer.alloc(32, 8).toString('base64'),
    );
    const elsewhere = keysOf(childOf(child()), other);
    const own = keys();
    for (const [index, key] of [...own.claims, ...own.likenesses].entries()) {
      expect(key).toHaveLength(32);
      expect(key).not.toEqual([...elsewhere.claims, ...elsewhere.likenesses][index]);
      expect(key.toString()).not.toContain(residentNumber);
    }
  });
});
