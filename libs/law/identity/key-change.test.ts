import fc from 'fast-check';
import { breaks, holds } from '#test/support/rules.ts';
import { checkCharacter } from './citizen-id.ts';
import {
  changedItems,
  judgeDocumentSupply,
  judgeKeyChange,
  judgeKeyDuplicates,
  type KeyChangeRequest,
  type KeyValues,
} from './key-change.ts';
import { judgeChecks, judgeNumberBasis, numberAfterChange } from './key-change-number.ts';

const on = '2026-09-01';
const shanxi = { province: '140000', city: '140100', county: '140105' };

const numberOf = (birthDate: string, sequence: string): string => {
  const body = `140105${birthDate.replaceAll('-', '')}${sequence}`;
  return `${body}${checkCharacter(body)}`;
};
const girl: KeyValues = {
  name: '样例甲',
  gender: 'FEMALE',
  birthDate: '2020-05-06',
  idDocumentType: 'RESIDENT_ID',
  idDocumentNumber: numberOf('2020-05-06', '002'),
};
const without: KeyValues = { ...girl, idDocumentType: 'NONE', idDocumentNumber: null };

const request = (
  before: KeyValues,
  after: Partial<KeyValues>,
  more: Partial<KeyChangeRequest['person']> & Pick<Partial<KeyChangeRequest>, 'proofs'> = {},
): KeyChangeRequest => ({
  person: { kind: 'L_TEMPORARY', isRegistered: true, isChanging: false, ...more },
  before,
  after: { ...before, ...after },
  proofs: more.proofs ?? ['HOUSEHOLD_REGISTER'],
});
const codes = (findings: readonly { code: string }[]) => findings.map(({ code }) => code);
const judged = (...order: Parameters<typeof request>) => codes(judgeKeyChange(request(...order), on, shanxi));
const supplied = (...order: Parameters<typeof request>) =>
  codes(judgeDocumentSupply(request(...order), on, shanxi));

describe('a request to change key information', () => {
  it(holds('ID-13', 'with its proof, about a pupil whose registration stands, goes through'), () => {
    expect(judged(girl, { name: '样例乙' })).toEqual([]);
    expect(
      judged(girl, { birthDate: '2020-05-07', idDocumentNumber: numberOf('2020-05-07', '002') }),
    ).toEqual([]);
    expect(judged(without, { idDocumentType: 'PASSPORT', idDocumentNumber: 'E12345678' })).toEqual([]);
  });

  it(breaks('ID-13', 'is refused for each thing that stands against it, all at once'), () => {
    expect(judged(girl, {})).toEqual(['KEY_INFO_UNCHANGED']);
    expect(judged(girl, { name: '样例乙' }, { isRegistered: false, isChanging: true, proofs: [] })).toEqual([
      'REGISTRATION_NOT_APPROVED',
      'KEY_CHANGE_ALREADY_RUNNING',
      'KEY_INFO_PROOF_MISSING',
    ]);
  });

  it('of a name asks nothing of a document that was taken over as it was', () => {
    const old = { ...without, idDocumentType: 'PASSPORT', idDocumentNumber: '一号' };
    expect(judged(old, { name: '样例乙' })).toEqual([]);
    expect(judged(old, { gender: 'MALE' })).toEqual(['DOCUMENT_NUMBER_INVALID']);
  });

  it('takes no birth date of tomorrow, and one of today', () => {
    expect(judged(without, { birthDate: on })).toEqual([]);
    expect(judged(without, { birthDate: '2026-09-02' })).toEqual(['BIRTH_DATE_IN_FUTURE']);
  });

  it('takes no number under a type that is not its own', () => {
    const number = girl.idDocumentNumber;
    for (const idDocumentType of ['PASSPORT', 'OTHER', 'HK_MACAO_PERMIT'])
      expect(judged(without, { idDocumentType, idDocumentNumber: number })).toEqual([
        'DOCUMENT_TYPE_MISMATCH',
      ]);
    expect(judged(without, { idDocumentType: 'PASSPORT', idDocumentNumber: 'E-1' })).toEqual([
      'DOCUMENT_NUMBER_INVALID',
    ]);
    expect(judged(without, { idDocumentType: 'PASSPORT', idDocumentNumber: null })).toEqual([
      'IDENTITY_DOCUMENT_MISSING',
    ]);
  });

  it('names what differs, in the order of the form', () => {
    expect(changedItems(without, { ...girl, name: '样例乙' })).toEqual([
      'name',
      'idDocumentType',
      'idDocumentNumber',
    ]);
    expect(changedItems(girl, girl)).toEqual([]);
  });
});

describe('a resident ID number that is supplied', () => {
  const document = { idDocumentType: 'RESIDENT_ID', idDocumentNumber: girl.idDocumentNumber };

  it(holds('ID-09', 'is for who has shown none, and agrees with the rest of the data'), () => {
    expect(supplied(without, document, { kind: 'J_FORMAL' })).toEqual([]);
  });

  it(breaks('ID-09', 'is refused to who has one, and where birth date or gender are others'), () => {
    expect(supplied(girl, { idDocumentNumber: numberOf('2020-05-06', '004') })).toEqual([
      'RESIDENT_ID_ON_FILE',
    ]);
    expect(supplied({ ...without, gender: 'MALE', birthDate: '2020-05-07' }, document)).toEqual([
      'IDENTITY_DATA_MISMATCH',
      'IDENTITY_DATA_MISMATCH',
    ]);
  });
});

describe('the number after a change', () => {
  const [one, other] = [girl.idDocumentNumber, numberOf('2020-05-06', '004')];

  it(holds('ID-12', 'a G number follows a new resident ID number, and nothing else'), () => {
    expect(numberAfterChange({ kind: 'G_FORMAL', before: one, after: other })).toBe('REISSUED');
    expect(numberAfterChange({ kind: 'G_FORMAL', before: one, after: one })).toBe('STAYS');
  });

  it(holds('ID-09', 'a J number becomes a G number with a resident ID number'), () => {
    expect(numberAfterChange({ kind: 'J_FORMAL', before: null, after: one })).toBe('UPGRADED');
    expect(numberAfterChange({ kind: 'J_FORMAL', before: null, after: null })).toBe('STAYS');
  });

  it(holds('ID-01', 'a temporary number stays whatever changes, until the yearly issue'), () => {
    for (const after of [null, one, other])
      expect(numberAfterChange({ kind: 'L_TEMPORARY', before: one, after })).toBe('STAYS');
    expect(numberAfterChange({ kind: null, before: one, after: other })).toBe('STAYS');
  });

  it(breaks('ID-10', 'a G number does not lose the resident ID number that it rests on'), () => {
    expect(judgeNumberBasis({ kind: 'G_FORMAL', after: null }, on, shanxi)).toMatchObject([
      { code: 'G_NUMBER_WITHOUT_CHECKS', path: ['to', 'idDocumentType'] },
    ]);
    expect(judgeNumberBasis({ kind: 'G_FORMAL', after: one }, on, shanxi)).toEqual([]);
    expect(judgeNumberBasis({ kind: 'J_FORMAL', after: null }, on, shanxi)).toEqual([]);
  });

  it(holds('ID-10', 'no G number follows unless the search is clean and the comparison passed'), () => {
    const anything = fc.record({
      kind: fc.constantFrom('G_FORMAL' as const, 'J_FORMAL' as const, 'L_TEMPORARY' as const, null),
      before: fc.constantFrom(one, null),
      after: fc.constantFrom(one, other, null),
      duplicateCheck: fc.constantFrom('CLEAN' as const, 'FOUND' as const),
      comparison: fc.constantFrom('PASS' as const, 'FAIL' as const, 'NOT_POSSIBLE' as const),
    });
    fc.assert(
      fc.property(anything, (facts) => {
        const passes = judgeChecks(facts, on, shanxi).length === 0;
        if (passes && numberAfterChange(facts) !== 'STAYS')
          expect(facts).toMatchObject({ duplicateCheck: 'CLEAN', comparison: 'PASS' });
        if (facts.duplicateCheck === 'FOUND' || facts.comparison === 'FAIL') expect(passes).toBe(false);
      }),
    );
  });
});

describe('what a search says of the new data', () => {
  it(breaks('ID-17', 'names the kind of place and the authority, and nobody'), () => {
    const found = judgeKeyDuplicates(
      [
        { where: 'ELSEWHERE', numberKind: 'G_FORMAL', registryAuthority: '410503', isPreschool: false },
        { where: 'SAME_SCHOOL', row: undefined, numberKind: 'L_TEMPORARY' },
      ],
      on,
      shanxi,
    );
    expect(found.map(({ code, outcome }) => [code, outcome])).toEqual([
      ['DUPLICATE_RECORD_FOUND', 'REJECT'],
      ['DUPLICATE_RECORD_FOUND', 'REJECT'],
    ]);
    expect(found[0]?.message).toContain('410503');
  });
});
