import { CollectedForm, personFormOf } from './collected-form.ts';

const typed = (changes: Record<string, unknown> = {}): Record<string, unknown> => ({
  name: '样例',
  gender: 'FEMALE',
  nationalityOrRegion: '156',
  overseasCategory: 'NONE',
  idDocumentType: 'NONE',
  birthDate: '2020-05-06',
  gradeName: '一年级',
  guardians: [],
  ...changes,
});

describe('a collected form', () => {
  test.each([
    ['full-width digits and a small x', '１１０１０５１９４９１２３１００２ｘ'],
    ['spaces', ' 110105 19491231 002X '],
  ])('reads a document number with %s', (_, idDocumentNumber) => {
    expect(CollectedForm.parse(typed({ idDocumentNumber })).idDocumentNumber).toBe('11010519491231002X');
  });

  test('keeps what can be read in the spelling of the registry, what cannot as it was typed', () => {
    const read = CollectedForm.parse(
      typed({
        name: '阿卜杜拉.吐尔逊',
        nationalityOrRegion: '中国',
        ethnicGroup: '维吾尔族',
        gradeName: '1年级',
        householdAddress: '（650102） 新疆维吾尔自治区天山区1号',
        contactPhone: '+86 138-0000-0000',
        guardians: [],
      }),
    );
    expect(read).toMatchObject({
      name: '阿卜杜拉·吐尔逊',
      nationalityOrRegion: 'CHN',
      ethnicGroup: '05',
      gradeName: '一年级',
      householdAddress: '(650102)新疆维吾尔自治区天山区1号',
      contactPhone: '13800000000',
    });
    expect(CollectedForm.parse(read)).toEqual(read);
    expect(CollectedForm.parse(typed({ ethnicGroup: '火星', gradeName: '大班' }))).toMatchObject({
      ethnicGroup: '火星',
      gradeName: '大班',
    });
  });

  test('keeps rare characters and drops the blanks around a name', () => {
    expect(CollectedForm.parse(typed({ name: ' 𠮷𫛭　' })).name).toBe('𠮷𫛭');
  });

  test('writes one letter in one way', () => {
    const composed = CollectedForm.parse(typed({ name: 'Zoë' }));
    expect(CollectedForm.parse(typed({ name: 'Zoe\u0308' }))).toEqual(composed);
  });

  test.each([
    ['a direction mark', '样\u202e例'],
    ['a zero-width space', '样\u200b例'],
    ['half of a character', '样\ud842'],
    ['a control character', '样\u0000例'],
    ['a character of private use', '样\ue000'],
  ])('refuses a name with %s', (_, name) => {
    expect(CollectedForm.safeParse(typed({ name })).success).toBe(false);
  });

  test('tells every field that does not fit at once, without its value', () => {
    const { error } = CollectedForm.safeParse(
      typed({ name: '长'.repeat(61), gender: 'X', birthDate: '2020-02-30', guardians: [{}, {}, {}] }),
    );
    const places = new Set(error?.issues.map(({ path }) => String(path[0])));
    expect([...places].sort()).toEqual(['birthDate', 'gender', 'guardians', 'name']);
    expect(error?.message).not.toContain('2020-02-30');
  });

  test('counts a name in characters and not in halves of them', () => {
    expect(CollectedForm.safeParse(typed({ name: '𠮷'.repeat(60) })).success).toBe(true);
    expect(CollectedForm.safeParse(typed({ name: '𠮷'.repeat(61) })).success).toBe(false);
  });

  test('read again from what was kept it is the same', () => {
    const form = CollectedForm.parse(typed({ isBoarder: true, disabilityProofs: ['APPRAISAL_BODY'] }));
    expect(CollectedForm.parse(JSON.parse(JSON.stringify(form)))).toEqual(form);
  });

  test('an item left open is no for identity, as the form has no third answer', () => {
    expect(personFormOf(CollectedForm.parse(typed())).profile).toMatchObject({
      isBoarder: false,
      isDisabled: false,
      isLeftBehind: false,
    });
  });
});
