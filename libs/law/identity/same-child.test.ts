import fc from 'fast-check';
import { breaks, holds } from '#test/support/rules.ts';
import { checkCharacter } from './citizen-id.ts';
import { type ChildShown, likenessesOf, relationOf, type ShownDocument, traitsOf } from './same-child.ts';

const residentId = (sequence: number, region = '140105'): ShownDocument => {
  const body = `${region}20200506${String(sequence).padStart(3, '0')}`;
  return { type: 'RESIDENT_ID', number: `${body}${checkCharacter(body)}` };
};
const shown = (type: string, number: string): ShownDocument => ({ type, number });
const guardian = (sequence: number, isLegalGuardian = true) => ({
  isLegalGuardian,
  document: residentId(sequence, '140106'),
});
const father = guardian(1);
const mother = guardian(2);
const uncle = guardian(3, false);
const undocumentedAunt = { isLegalGuardian: true, document: null };

const child = (changes: Partial<ChildShown> = {}): ChildShown => ({
  name: '阿依古丽·样例',
  birthDate: '2020-05-06',
  gender: 'FEMALE',
  nationality: '156',
  document: null,
  guardians: [mother],
  ...changes,
});
const relation = (one: Partial<ChildShown>, other: Partial<ChildShown>) =>
  relationOf(traitsOf(child(one)), traitsOf(child(other)));

describe('two children', () => {
  test(holds('ID-17', 'are two by name, birth or gender, whatever guardian they share'), () => {
    for (const other of [{ name: '阿依仙·样例' }, { birthDate: '2020-05-07' }, { gender: 'MALE' }]) {
      expect(relation({}, other)).toBe('NONE');
      expect(relation({ document: residentId(1) }, { document: residentId(2), ...other })).toBe('NONE');
    }
  });

  test(holds('ID-17', 'of one name and birth are two by their resident ID numbers'), () => {
    expect(
      relation(
        { document: residentId(1), guardians: [father] },
        { document: residentId(2), guardians: [mother] },
      ),
    ).toBe('NONE');
  });

  test(
    holds('ID-17', 'may have one number from two countries, or one number of a paper of a household'),
    () => {
      const passport = shown('PASSPORT', '123456789');
      const foreign = { name: 'ANNA', birthDate: '2019-01-01', document: passport, nationality: '840' };
      expect(relation({ document: passport, nationality: '826' }, foreign)).toBe('ALIKE');
      const paper = shown('OTHER', 'P123456789');
      expect(relation({ document: paper }, { document: paper, name: '阿依仙·样例' })).toBe('ALIKE');
    },
  );
});

describe('one child', () => {
  test.each([
    ['a resident ID number', residentId(1).number],
    ['a residence permit', residentId(1, '810000').number],
  ])(breaks('ID-17', 'is known by %s under whatever type and name'), (_, number) => {
    for (const type of ['RESIDENT_ID', 'PASSPORT', 'HK_MACAO_PERMIT', 'TAIWAN_PERMIT', 'OTHER', 'NONE']) {
      const typed = { document: shown(type, number), name: '另一个名字', guardians: [father] };
      expect(relation({ document: shown('RESIDENT_ID', number) }, typed)).toBe('SAME');
    }
  });

  test.each([
    ['HK_MACAO_PERMIT', 'H22345678', 'H2234567801'],
    ['TAIWAN_PERMIT', '01234567', '0123456702(B)'],
  ])(breaks('ID-17', 'is known by its %s however often that was issued'), (type, first, later) => {
    const renamed = { document: shown(type, later), name: 'CHAN TAI MAN', birthDate: '2020-06-06' };
    expect(relation({ document: shown(type, first) }, renamed)).toBe('SAME');
  });

  test(breaks('ID-17', 'is known by a passport of its country under another name'), () => {
    const document = shown('PASSPORT', 'P1234567');
    expect(relation({ document, nationality: '410' }, { document, nationality: '410', name: 'KIM' })).toBe(
      'SAME',
    );
  });

  test(breaks('ID-17', 'is known by any number with its name, whatever type that was typed under'), () => {
    const types = ['PASSPORT', 'OTHER', 'NONE', 'HK_MACAO_PERMIT'];
    for (const one of types) {
      for (const other of types) {
        const typed = (type: string) => ({ document: shown(type, 'H2234567801'), nationality: type });
        expect(relation(typed(one), typed(other))).toBe('SAME');
      }
    }
  });

  test.each([
    [[father], [mother, father]],
    [
      [mother, father],
      [father, mother],
    ],
    [[mother, uncle], [mother]],
    [[uncle], [uncle]],
    [
      [undocumentedAunt, uncle],
      [uncle, undocumentedAunt],
    ],
  ])(breaks('ID-18', 'without a document is known by any guardian that it names twice'), (one, other) => {
    expect(relation({ guardians: one }, { guardians: other })).toBe('SAME');
  });

  test(breaks('ID-18', 'with a document once and without it then is known by a guardian in common'), () => {
    for (const document of [residentId(1), shown('PASSPORT', 'E12345678')]) {
      expect(relation({ document, guardians: [father, mother] }, { guardians: [mother] })).toBe('SAME');
    }
  });

  test.each([
    ['spaces', '阿依古丽 · 样例'],
    ['another dot', '阿依古丽•样例'],
    ['a dot of Japanese texts', '阿依古丽・样例'],
    ['a full stop', '阿依古丽.样例'],
  ])(breaks('ID-18', 'is the same one with %s in its name'), (_, name) => {
    expect(relation({ name }, {})).toBe('SAME');
  });
});

describe('who is perhaps one child', () => {
  test.each<[string, Partial<ChildShown>, Partial<ChildShown>]>([
    ['without documents and without a common guardian', { guardians: [father] }, { guardians: [mother] }],
    [
      'without any document of child or guardian',
      { guardians: [undocumentedAunt] },
      { guardians: [undocumentedAunt] },
    ],
    ['with a document here and none there', { document: residentId(1) }, { guardians: [father] }],
    [
      'with a permit here and a residence permit there',
      { document: shown('HK_MACAO_PERMIT', 'H22345678'), guardians: [] },
      { document: residentId(1, '810000'), guardians: [] },
    ],
    [
      'with two resident ID numbers and one guardian',
      { document: residentId(1) },
      { document: residentId(2) },
    ],
    [
      'with a passport here and a resident ID number there',
      { document: shown('PASSPORT', 'E12345678'), guardians: [father] },
      { document: residentId(1), guardians: [] },
    ],
  ])(breaks('ID-17', 'is looked at: %s'), (_, one, other) => {
    expect(relation(one, other)).toBe('ALIKE');
  });

  test('is so from both sides, and everybody is itself', () => {
    const documents = [
      null,
      residentId(1),
      residentId(2),
      residentId(1, '810000'),
      shown('PASSPORT', 'H22345678'),
      shown('HK_MACAO_PERMIT', 'H2234567801'),
      shown('OTHER', 'P123456789'),
    ];
    const anybody = fc.record({
      name: fc.constantFrom('甲', '乙'),
      birthDate: fc.constantFrom('2020-05-06', '2020-05-07'),
      gender: fc.constantFrom('MALE', 'FEMALE'),
      nationality: fc.constantFrom('156', '344'),
      document: fc.constantFrom(...documents),
      guardians: fc.subarray([father, mother, uncle, undocumentedAunt]),
    });
    fc.assert(
      fc.property(anybody, anybody, (one, other) => {
        expect(relation(one, other)).toBe(relation(other, one));
        const isFoundAgain = one.document !== null || one.guardians.some(({ document }) => document !== null);
        expect(relation(one, one)).toBe(isFoundAgain ? 'SAME' : 'ALIKE');
      }),
    );
  });
});

describe('what two children have in common', () => {
  const reasons = (one: Partial<ChildShown>, other: Partial<ChildShown>) =>
    likenessesOf(traitsOf(child(one)), traitsOf(child(other)));

  test(holds('ID-17', 'is told as far as it brings them near, the strongest first'), () => {
    const passport = shown('PASSPORT', '123456789');
    expect(reasons({}, {})).toEqual(['SAME_NAME_BIRTH_AND_GUARDIAN', 'SAME_NAME_AND_BIRTH']);
    expect(reasons({ guardians: [father] }, { guardians: [mother] })).toEqual(['SAME_NAME_AND_BIRTH']);
    expect(reasons({ document: residentId(1) }, { document: residentId(1), name: '阿依仙·样例' })).toEqual([
      'SAME_DOCUMENT',
    ]);
    expect(
      reasons(
        { document: passport, nationality: '826' },
        { document: passport, nationality: '840', name: 'ANNA' },
      ),
    ).toEqual(['SAME_DOCUMENT_NUMBER']);
  });

  test(breaks('ID-17', 'is nothing between two who have shown a resident ID number each'), () => {
    const [one, other] = [{ document: residentId(1) }, { document: residentId(2) }];
    expect(reasons({ ...one, guardians: [father] }, { ...other, guardians: [mother] })).toEqual([]);
    expect(reasons(one, { ...other, birthDate: '2020-05-07' })).toEqual([]);
  });
});
