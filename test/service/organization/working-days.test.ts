import { v7 as uuidv7 } from 'uuid';
import { DEMO_SCHOOLS } from '#deploy/demo/identities.ts';
import { simulatedClock } from '#libs/platform/clock/clock.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { refusal, type Situation, startSituation } from './situation.ts';

let network: Situation;
beforeAll(async () => {
  network = await startSituation(simulatedClock('2026-12-25T09:00:00+08:00'));
});
afterAll(() => network?.stop());

const publish = (who: string | null, input: Record<string, unknown>) =>
  network.as<{ publishWorkingDays: { workingDays: { issue: number; holidays: string[] } | null } }>(
    who,
    `mutation ($input: PublishWorkingDaysInput!) { publishWorkingDays(input: $input) {
       workingDays { year issue holidays makeUpDays } findings { code } } }`,
    {
      input: { idempotencyKey: uuidv7(), basis: '关于2027年部分节假日安排的通知', makeUpDays: [], ...input },
    },
  );
const newYear = { year: 2027, holidays: ['2027-01-01', '2027-01-04'] };

/** An order whose ten working days reach into 2027, and what has become of its day. */
const order = async () => {
  const { data, errors } = await network.as<{ issueCorrectionOrder: { order: { id: string } } }>(
    'xiaodian',
    `mutation ($input: IssueCorrectionOrderInput!) { issueCorrectionOrder(input: $input) { order { id } } }`,
    {
      input: {
        idempotencyKey: uuidv7(),
        school: DEMO_SCHOOLS.taiyuanPrimary,
        kind: 'OTHER',
        evidence: '未按要求整理档案',
      },
    },
  );
  expect(errors).toEqual([]);
  return data?.issueCorrectionOrder.order.id ?? '';
};
const dayOf = async (id: string) => {
  const { data } = await network.as<{ correctionOrder: Record<string, unknown> }>(
    'head',
    'query ($id: ID!) { correctionOrder(id: $id) { deadline provisional escalatedTo { code } } }',
    { id },
  );
  return data?.correctionOrder;
};
/** The years are known and the orders counted again by them. */
const lookedAt = async () => {
  await network.settled();
  await network.service('organization').atRest();
};

describe('working days', () => {
  test(holds(
    'ORG-28',
    'once published fix what was provisional, and once more when they are issued anew',
  ), async () => {
    const id = await order();
    expect(await dayOf(id)).toMatchObject({ deadline: '2027-01-11', provisional: true });
    const first = await publish('ministry', newYear);
    expect(first.data?.publishWorkingDays.workingDays).toMatchObject({
      issue: 1,
      holidays: newYear.holidays,
    });
    await lookedAt();
    expect(await dayOf(id)).toMatchObject({ deadline: '2027-01-12', provisional: false });
    const second = await publish('ministry', { ...newYear, holidays: [...newYear.holidays, '2027-01-05'] });
    expect(second.data?.publishWorkingDays.workingDays?.issue).toBe(2);
    await lookedAt();
    expect(await dayOf(id)).toMatchObject({ deadline: '2027-01-13', provisional: false });
  }, 20_000);

  test(breaks('ORG-28', 'that contradict themselves are refused with every problem'), async () => {
    const answer = await publish('ministry', {
      year: 2028,
      holidays: ['2027-12-31', '2028-01-01', '2028-01-01'],
      makeUpDays: ['2028-01-03', '2028-01-01'],
    });
    expect(refusal(answer)).toBe('BAD_USER_INPUT');
    const problems = answer.errors[0]?.extensions.problems as { code: string }[];
    expect(problems.map(({ code }) => code).sort()).toEqual([
      'BOTH',
      'DAY_TWICE',
      'NOT_A_WEEKEND',
      'OTHER_YEAR',
    ]);
    const over = await publish('ministry', { year: 2025, holidays: ['2025-01-01'] });
    expect(over.errors[0]?.extensions.problems).toMatchObject([{ code: 'YEAR_IS_OVER' }]);
  });

  test.each(['shanxi', 'taiyuan', 'xiaodian', 'registrar', 'information-centre', 'guardian'])(
    'are not published by %s',
    async (who) => {
      expect(refusal(await publish(who, { ...newYear, year: 2029 }))).toBe('OUT_OF_JURISDICTION');
    },
  );

  test('are read by everybody who is signed in', async () => {
    const { data } = await network.as<{ workingDays: { year: number; issue: number }[] }>(
      'guardian',
      '{ workingDays { year issue } }',
    );
    expect(data?.workingDays).toEqual([{ year: 2027, issue: 2 }]);
    expect(refusal(await network.as(null, '{ workingDays { year } }'))).toBe('UNAUTHENTICATED');
  });
});

describe('permission for skipping and repeating', () => {
  const set = (who: string | null, input: Record<string, unknown>) =>
    network.as<{ setGradePermission: { permission: unknown; findings: { ruleId: string; code: string }[] } }>(
      who,
      `mutation ($input: SetGradePermissionInput!) { setGradePermission(input: $input) {
         permission { province kind setting } findings { ruleId code } } }`,
      { input: { idempotencyKey: uuidv7(), kind: 'GRADE_SKIP', setting: 'COUNTY', ...input } },
    );

  test(holds('ACC-16', 'is set by the province for its own places and known to every service'), async () => {
    const { data } = await set('shanxi', { province: '140000' });
    expect(data?.setGradePermission).toEqual({
      permission: { province: '140000', kind: 'GRADE_SKIP', setting: 'COUNTY' },
      findings: [],
    });
    await set('shanxi', { province: '140000', setting: 'CITY' });
    await network.settled();
    const { directory } = network.service('organization').core;
    expect(await directory.gradePermission('140000', 'GRADE_SKIP')).toBe('CITY');
    expect(await directory.gradePermission('140000', 'GRADE_REPEAT')).toBeNull();
    const read = await network.as('guardian', '{ gradePermissions(province: "140000") { kind setting } }');
    expect(read.data).toEqual({ gradePermissions: [{ kind: 'GRADE_SKIP', setting: 'CITY' }] });
  });

  test(breaks('ACC-16', 'is not set for another province, nor by anybody else'), async () => {
    expect((await set('shanxi', { province: '410000' })).data?.setGradePermission).toMatchObject({
      permission: null,
      findings: [{ ruleId: 'ACC-16', code: 'PERMISSION_NOT_GRANTED' }],
    });
    for (const who of ['ministry', 'taiyuan', 'xiaodian', 'head', 'guardian'])
      expect(refusal(await set(who, { province: '140000' }))).toBe('OUT_OF_JURISDICTION');
  });
});
