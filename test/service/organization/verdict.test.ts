import { refusal, type Situation, startSituation } from './situation.ts';

let network: Situation;
beforeAll(async () => {
  network = await startSituation();
});
afterAll(() => network?.stop());

type Verdict = { outcome: string; findings: { ruleId: string; code: string; basis: { layer: string }[] }[] };
const verdict = `query ($region: ID!, $on: Date, $case: HypotheticalCase!) {
  verdict(region: $region, on: $on, case: $case) { outcome findings { ruleId code outcome message messageEn remedy basis { layer article } } } }`;

const SHANXI = '140105';
const BEIGUAN = '410503';
const MONDAY = '2026-11-02';

const ask = (asked: object, region = SHANXI, on = MONDAY) =>
  network.as<{ verdict: Verdict }>(null, verdict, { region, on, case: asked });
const said = async (asked: object, region = SHANXI, on = MONDAY): Promise<string[]> => {
  const { data, errors } = await ask(asked, region, on);
  expect(errors).toEqual([]);
  return [data?.verdict.outcome ?? '', ...(data?.verdict.findings.map(({ code }) => code) ?? [])];
};

const young = { stage: 'PRIMARY', entry: { fullYears: 5 } };
const suspension = (changes: object = {}) => ({
  stage: 'PRIMARY',
  suspension: {
    ...{ cause: 'ILLNESS', missedHours: 200, termHours: 600, from: '2026-11-09', to: '2027-01-31' },
    ...changes,
  },
});
const transfer = (changes: object = {}, stage = 'PRIMARY') => ({
  stage,
  transfer: {
    ...{ from: '140106', kind: 'IN_PROVINCE_TRANSFER', fromStage: 'PRIMARY', fromGrade: 3, grade: 3 },
    ...{ ground: 'HOUSEHOLD_MOVE', ...changes },
  },
});

describe('a case that is only thought of, put to the law by anybody', () => {
  test('a child of five is held in Shanxi and refused in Beiguan; a child of six enters', async () => {
    expect(await said(young)).toEqual(['HELD', 'UNDER_SIX']);
    expect(await said(young, BEIGUAN)).toEqual(['REFUSED', 'UNDER_SIX']);
    expect(await said({ stage: 'PRIMARY', entry: { fullYears: 6 } })).toEqual(['PASSES']);
  });

  test('nothing comes in by registration in another grade than the first', async () => {
    const third = { stage: 'PRIMARY', entry: { fullYears: 8, grade: 3 } };
    expect(await said(third)).toEqual(['REFUSED', 'NON_GRADE_ONE_BATCH_REQUIRED']);
  });

  test('a change of status that there is not is refused, with the rule behind it', async () => {
    const withdraw = { status: 'IN_SCHOOL', event: 'WITHDRAW' };
    expect((await said({ stage: 'JUNIOR', change: withdraw }))[0]).toBe('REFUSED');
    expect(await said({ stage: 'SENIOR', change: withdraw })).toEqual(['PASSES']);
  });

  test('a suspension is lawful at a third of the term, and not below', async () => {
    expect(await said(suspension())).toEqual(['PASSES']);
    expect(await said(suspension({ missedHours: 199 }))).toEqual(['REFUSED', 'SUSPENSION_GROUND_NOT_MET']);
  });

  test('all that is wrong is told at once', async () => {
    const wrong = suspension({ missedHours: 1, papers: false, writtenApplication: false, to: '2027-11-10' });
    expect(new Set(await said(wrong))).toEqual(
      new Set(['REFUSED', 'SUSPENSION_GROUND_NOT_MET', 'SUSPENSION_PROOF_MISSING', 'SUSPENSION_TOO_LONG']),
    );
  });

  test('nobody withdraws from compulsory education; a senior pupil does by a written application', async () => {
    expect(await said({ stage: 'JUNIOR', withdrawal: {} })).toEqual([
      'REFUSED',
      'WITHDRAWAL_FORBIDDEN_COMPULSORY',
    ]);
    expect(await said({ stage: 'SENIOR', withdrawal: {} })).toEqual(['PASSES']);
    expect((await said({ stage: 'SENIOR', withdrawal: { writtenApplication: false } }))[0]).toBe('REFUSED');
  });

  test('repeating is forbidden in Shanxi; a kindergarten knows no such thing', async () => {
    const repeat = { kind: 'GRADE_REPEAT' };
    expect(await said({ stage: 'PRIMARY', gradeChange: repeat })).toEqual([
      'REFUSED',
      'GRADE_REPEAT_FORBIDDEN',
    ]);
    expect((await said({ stage: 'PRESCHOOL', gradeChange: repeat }))[0]).toBe('REFUSED');
  });

  test('a transfer is judged by both places, and by the terms that they have entered', async () => {
    const before = transfer({ appliedOn: '2026-09-05' });
    expect(await said(before, SHANXI, '2026-09-07')).toEqual(['PASSES']);
    expect(await said(transfer({ placeFree: false }), SHANXI, '2026-09-07')).toContain('NO_PLACE_AVAILABLE');
    expect(await said(transfer({ grade: 4 }), SHANXI, '2026-09-07')).toContain('GRADE_CHANGE_FORBIDDEN');
    expect(await said(transfer({ kind: 'CROSS_PROVINCE_TRANSFER' }), SHANXI, '2026-09-07')).toContain(
      'WRONG_CASE_KIND',
    );
  });

  test('the same case on another day is another verdict: no transfer starts in the summer', async () => {
    expect(await said(transfer(), SHANXI, '2026-07-20')).toContain('TRANSFER_INITIATION_SUSPENDED');
    expect(await said(transfer(), SHANXI, '2026-09-07')).not.toContain('TRANSFER_INITIATION_SUSPENDED');
  });

  test('before the first measure nothing is decided, and every finding has its article', async () => {
    expect((await said(young, SHANXI, '2013-08-31'))[0]).toBe('REFUSED');
    const { data } = await ask(suspension({ missedHours: 1 }));
    expect(data?.verdict.findings).toMatchObject([{ ruleId: 'ENR-37', basis: [{ layer: 'SX26' }] }]);
  });

  test('two acts, none, a wrong place and impossible numbers are broken input', async () => {
    const both = { ...young, withdrawal: {} };
    expect(refusal(await ask(both))).toBe('BAD_USER_INPUT');
    expect(refusal(await ask({ stage: 'PRIMARY' }))).toBe('BAD_USER_INPUT');
    expect(refusal(await ask(young, '999999'))).toBe('BAD_USER_INPUT');
    expect(refusal(await ask(transfer({ from: '999999' })))).toBe('BAD_USER_INPUT');
    expect(refusal(await ask({ stage: 'PRIMARY', entry: { fullYears: -1 } }))).toBe('BAD_USER_INPUT');
    expect(refusal(await ask(suspension({ to: '9999-01-01' })))).toBe('BAD_USER_INPUT');
  });
});
