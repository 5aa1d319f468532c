import type { SchoolFact } from '#libs/contracts/events/organization.ts';
import { breaks, holds } from '#test/support/rules.ts';
import {
  BEIGUAN_SCHOOL,
  codesOf,
  contextOf,
  csvOf,
  goodRows,
  openBytes,
  SHANXI_SCHOOL,
} from '../import/fixtures/form-files.ts';
import { ALL_ITEMS, FORM_ITEMS } from '../import/form-f1/items.ts';
import type { RowProblem } from '../import/problems/row-problem.ts';
import { MISTAKES } from '../import/sample/bad-rows.ts';
import type { SampleCells } from '../import/sample/good-row.ts';
import { surveyTable } from '../import/survey.ts';
import type { FileStatement } from '../overseas/statement.ts';
import { CollectedForm } from '../registration/collected-form.ts';
import { judgeIntake } from '../registration/intake.ts';
import { type JudgedRow, judgeJobRow } from './judge-rows.ts';

const [GOOD = {}] = goodRows(1);
const ONE_GUARDIAN: SampleCells = Object.fromEntries(
  Object.entries(GOOD).filter(([key]) => !key.startsWith('guardians.1.')),
);

const judge = async (
  changes: SampleCells = {},
  school: SchoolFact = SHANXI_SCHOOL,
  statement: FileStatement | null = null,
): Promise<JudgedRow> => {
  const texts = ALL_ITEMS.map(({ key }) => ({ ...ONE_GUARDIAN, ...changes })[key] ?? '');
  const table = await openBytes(csvOf([ALL_ITEMS.map(({ header }) => header), texts]));
  const context = { ...contextOf(await surveyTable(table), school), statement };
  await table.close();
  return judgeJobRow({ number: 2, cells: texts, flags: new Map() }, context);
};
const problemsOf = (verdict: JudgedRow): readonly RowProblem[] => (verdict.ok ? [] : verdict.problems);
const ruleAndItem = (told: readonly RowProblem[]) => told.map(({ ruleId, item }) => [ruleId, item]);

/** What Annex 1 of Shanxi asks for and nobody else does. */
const ONLY_ANNEX: readonly string[] = [
  'ethnicGroup',
  'currentAddress',
  'householdAddress',
  'className',
  'isBoarder',
  'isDisabled',
  'isLeftBehind',
  'guardians.0.idDocumentNumber',
  'guardians.0.householdAddress',
  'guardians.0.phone',
];

describe('a row of a file, by form and law', () => {
  test(holds('ID-23', 'with every marked item goes through in Shanxi'), async () => {
    expect(await judge()).toMatchObject({ ok: true, warnings: [] });
  });

  test.each(
    FORM_ITEMS.filter(({ number, mark }) => number !== null && number <= 26 && mark !== 'OPTIONAL').map(
      ({ number, key }) => [number, key],
    ),
  )(
    breaks('ID-23', 'without item %s (%s) is refused in Shanxi, that item named once'),
    async (number, key) => {
      const missing = problemsOf(await judge({ [String(key)]: '　' }));
      expect(missing.map(({ item }) => item)).toEqual([number]);
      expect(missing[0]?.ruleId).toBe(number === 8 ? 'ID-22' : 'ID-23');
    },
  );

  test.each(ONLY_ANNEX)(
    holds('ID-23', 'without %s goes through in Beiguan, where the annex does not hold'),
    async (key) => {
      expect(codesOf(await judge({ [key]: '' }, BEIGUAN_SCHOOL))).toEqual([]);
    },
  );

  test('in Beiguan needs no family member, and of one that is begun what the system needs to keep it', async () => {
    const nobody = Object.fromEntries(
      ALL_ITEMS.filter(({ block }) => block === 'GUARDIAN_ONE').map(({ key }) => [key, '']),
    );
    expect(codesOf(await judge(nobody, BEIGUAN_SCHOOL))).toEqual([]);
    const begun = await judge({ ...nobody, 'guardians.0.phone': '13912345678' }, BEIGUAN_SCHOOL);
    expect(ruleAndItem(problemsOf(begun))).toEqual([
      [null, 18],
      [null, 19],
      [null, 20],
      [null, 22],
    ]);
  });

  test(
    breaks('ENR-07', 'needs everywhere what the identity document gives, and what makes it a form'),
    async () => {
      const bare = { name: '', gender: '', birthDate: '', overseasCategory: '', gradeName: '' };
      expect(ruleAndItem(problemsOf(await judge(bare, BEIGUAN_SCHOOL)))).toEqual([
        ['ENR-07', 1],
        ['ENR-07', 3],
        [null, 5],
        ['ENR-07', 9],
        [null, 12],
      ]);
    },
  );

  test('every problem of form and law comes at once, each item once', async () => {
    const verdict = await judge({
      name: '王?',
      'guardians.0.phone': '12',
      className: '',
      gradeName: '二年级',
      birthDate: '2019-02-30',
    });
    expect(problemsOf(verdict).map(({ item, code }) => [item, code])).toEqual([
      [1, 'NAME_NOT_READABLE'],
      [9, 'DATE_IMPOSSIBLE'],
      [12, 'NON_GRADE_ONE_BATCH_REQUIRED'],
      [13, 'REQUIRED_ITEM_MISSING'],
      [26, 'PHONE_INVALID'],
    ]);
    expect(new Set(problemsOf(verdict).map(({ outcome }) => outcome))).toEqual(new Set(['REJECT']));
  });

  test(breaks('ENR-01', 'of a child under six is taken in Shanxi, with the words that hold it'), async () => {
    const bare = { idDocumentType: '无', idDocumentNumber: '', birthDate: '2020-09-01' };
    const verdict = await judge(bare);
    expect(verdict.ok && verdict.facts.held.map(({ code }) => code)).toEqual(['UNDER_SIX']);
    expect(verdict.warnings).toMatchObject([
      { item: 9, ruleId: 'ENR-01', outcome: 'HOLD', message: expect.stringContaining('第9项：') },
    ]);
  });

  test(breaks('ID-25', 'with an incomplete residence permit is taken and told of it'), async () => {
    const verdict = await judge({ hasResidencePermit: '是', residencePermitIssuer: '太原市公安局小店分局' });
    expect(verdict.ok).toBe(true);
    expect(verdict.warnings).toMatchObject([
      { ruleId: 'ID-25', outcome: 'WARN', path: ['form', 'residencePermitIssueDate'] },
    ]);
  });

  test(breaks('ID-23', 'with a second family member who is begun must have it complete'), async () => {
    expect(problemsOf(await judge({ 'guardians.1.name': '李芳' })).map(({ item }) => item)).toEqual([
      28, 29, 31, 32, 34, 35,
    ]);
  });

  test(holds('ENR-17', 'of a foreigner has no ethnic group to fill in'), async () => {
    const foreign = { overseasCategory: '外国人', nationalityOrRegion: 'FRA', ethnicGroup: '' };
    const passport = { idDocumentType: '护照', idDocumentNumber: '12AB34567' };
    const places = { locallyAdmitted: true };
    expect(codesOf(await judge({ ...foreign, ...passport }, SHANXI_SCHOOL, places))).toEqual([]);
  });

  test(breaks('ENR-17', 'of a foreigner is refused where the school states no local place'), async () => {
    const foreign = { overseasCategory: '外国人', nationalityOrRegion: 'FRA', ethnicGroup: '' };
    const passport = { idDocumentType: '护照', idDocumentNumber: '12AB34567' };
    expect(codesOf(await judge({ ...foreign, ...passport }))).toEqual(['LOCAL_ADMISSION_MISSING']);
    expect(codesOf(await judge({ ...foreign, idDocumentType: '无', idDocumentNumber: '' }))).toContain(
      'LOCAL_ADMISSION_MISSING',
    );
  });

  test('with a text that only some readers take never stops the whole file', async () => {
    const long = '山西省太原市小店区'.padEnd(200, '号');
    const issuer = '公安局'.repeat(30);
    const changes = {
      householdAddress: `140105 ${long}`,
      hasResidencePermit: '是',
      residencePermitIssuer: issuer,
      residencePermitIssueDate: '2026-01-02',
    };
    expect(codesOf(await judge(changes))).toEqual([]);
    expect(codesOf(await judge({ className: '1\u200c班' }))).toEqual(['TEXT_UNREADABLE']);
  });

  test.each(
    MISTAKES.filter(({ code }) => code !== 'DUPLICATE_IN_FILE').map((mistake) => [mistake.title, mistake]),
  )('the mistake “%s” is found by its own code', async (_, mistake) => {
    expect(codesOf(await judge(mistake.apply(GOOD, undefined)))).toContain(mistake.code);
  });
});

describe('the two ways in', () => {
  const typed = async (changes: Record<string, unknown>) => {
    const verdict = await judge();
    if (!verdict.ok) throw new Error(codesOf(verdict).join());
    const { form, ...occasion } = verdict.handed;
    const { guardians } = form;
    const { guardian, ...items } = changes;
    const family = typeof guardian === 'object' ? [{ ...guardians[0], ...guardian }] : guardians;
    return judgeIntake({ ...occasion, form: CollectedForm.parse({ ...form, ...items, guardians: family }) });
  };
  const number = GOOD.idDocumentNumber ?? '';

  const cases: [string, Record<string, unknown>, SampleCells][] = [
    ['digits in a name', { name: '王123(转)' }, { name: '王123(转)' }],
    ['an ethnic group that is none', { ethnicGroup: '火星' }, { ethnicGroup: '火星' }],
    ['a nationality that is none', { nationalityOrRegion: '火星' }, { nationalityOrRegion: '火星' }],
    [
      'a birth in the future',
      { idDocumentType: 'NONE', idDocumentNumber: null, birthDate: '2026-09-11' },
      { idDocumentType: '无', idDocumentNumber: '', birthDate: '2026-09-11' },
    ],
    [
      'a passport number that is none',
      { idDocumentType: 'PASSPORT', idDocumentNumber: '?' },
      { idDocumentType: '护照', idDocumentNumber: '?' },
    ],
    [
      'a guardian’s ID number that is none',
      { guardian: { idDocumentNumber: '123' } },
      { 'guardians.0.idDocumentNumber': '123' },
    ],
    ['a telephone number that is none', { guardian: { phone: 'abc' } }, { 'guardians.0.phone': 'abc' }],
    ['a foreigner who is Chinese', { overseasCategory: 'FOREIGN' }, { overseasCategory: '外国人' }],
    ['an ID number as a passport', { idDocumentType: 'PASSPORT' }, { idDocumentType: '护照' }],
    ['an ID number and no document', { idDocumentType: 'NONE' }, { idDocumentType: '无' }],
    ['a disability of a child that has none', { disabilityType: 'HEARING' }, { disabilityType: '听力残疾' }],
    ['one digit too few', { idDocumentNumber: number.slice(1) }, { idDocumentNumber: number.slice(1) }],
    ['a birth date of another', { birthDate: '2020-01-01' }, { birthDate: '2020-01-01' }],
    [
      'a division that does not exist',
      { householdAddress: '(149999)样例路12号' },
      { householdAddress: '(149999)样例路12号' },
    ],
    [
      'a number of the pupil with the mother',
      { guardian: { idDocumentNumber: number } },
      { 'guardians.0.idDocumentNumber': number },
    ],
    ['a grade that is none', { gradeName: '研一' }, { gradeName: '研一' }],
    ['an item that is missing', { className: null }, { className: '' }],
  ];

  test.each(cases)('refuse %s alike: code, rule, place and words', async (_, changes, cells) => {
    const { facts, findings } = await typed(changes);
    const problems = problemsOf(await judge(cells, SHANXI_SCHOOL, { locallyAdmitted: true }));
    expect(facts).toBeNull();
    expect(problems.length).toBeGreaterThan(0);
    const refusals = findings.filter(({ outcome }) => outcome === 'REJECT');
    const told = (entries: readonly { code: string; ruleId: string | null; path?: readonly string[] }[]) =>
      entries.map(({ code, ruleId, path }) => [code, ruleId, path]).sort();
    expect(told(refusals)).toEqual(told(problems));
  });

  test('refuse what no rule speaks of without naming one', async () => {
    const { findings } = await typed({ guardian: { phone: 'abc' } });
    expect(findings).toMatchObject([
      { ruleId: null, basis: [], path: ['form', 'guardians', '0', 'phone'], code: 'PHONE_INVALID' },
    ]);
  });

  test('write one content in one way, so that it is one intake', async () => {
    const verdict = await judge();
    if (!verdict.ok) throw new Error(codesOf(verdict).join());
    const { form } = verdict.handed;
    const spelled = {
      ...form,
      nationalityOrRegion: '156',
      ethnicGroup: '汉族',
      gradeName: '小学一年级',
      politicalStatus: '群众',
      guardians: form.guardians.map((one) => ({ ...one, phone: `+86 ${one.phone}` })),
    };
    const sameGroup = { ...form, ethnicGroup: '01', politicalStatus: 'MASSES' };
    expect(CollectedForm.parse(spelled)).toEqual(CollectedForm.parse(sameGroup));
    expect(CollectedForm.parse(form)).toEqual(form);
  });
});
