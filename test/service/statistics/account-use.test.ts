import { AccountWeekCounted } from '#libs/contracts/events/registrar.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { checksum, replay } from '#libs/platform/events/rebuild.ts';
import { silentLog } from '#libs/platform/log/log.ts';
import { accountProjection } from '#services/statistics/accounts/projection.ts';
import { digestOf, issueNext } from '#services/statistics/timeliness/issue.ts';
import { type Answer, startNetwork, type TestNetwork } from '#test/support/network.ts';
import { reset } from '#test/support/reset.ts';
import { breaks, holds } from '#test/support/rules.ts';
import type { TestClaims } from '#test/support/tokens.ts';
import { envelope } from './events.ts';
import { type Feed, feedOf } from './feed.ts';
import { schools, schoolTold, type TestSchool, unitsTold } from './nation.ts';

type Figures = Record<
  'accounts' | 'neverUsed' | 'sealed' | 'weeksDue' | 'weeksUsed' | 'weeksMissed' | 'weeksExempt',
  number
> & { unit: string; name: string | null };
type Use = { from: string; to: string; total: Figures; rows: Figures[]; findings: { ruleId: string }[] };
type Report = {
  issuedAt: string | null;
  digest: string | null;
  accounts: Figures;
  accountsByUnit: Figures[];
  findings: { ruleId: string }[];
};

const fields = 'unit name accounts neverUsed sealed weeksDue weeksUsed weeksMissed weeksExempt';
const staff = (claims: Partial<TestClaims>): TestClaims => ({
  ...{ sub: 'clerk', roles: ['REGISTRAR'], scope: 'statistics:read' },
  ...claims,
});
const people = {
  ministry: staff({ level: 'MINISTRY', unit: '000000', roles: ['DECISION_MAKER'] }),
  shanxi: staff({ level: 'PROVINCE', unit: '140000' }),
  xiaodian: staff({ level: 'COUNTY', unit: '140105' }),
  yingze: staff({ level: 'COUNTY', unit: '140106' }),
  school: staff({ level: 'SCHOOL', school: schools.xiaodian.code }),
  teacher: staff({ level: 'SCHOOL', school: schools.xiaodian.code, roles: ['CLASS_TEACHER'] }),
} as const;

let network: TestNetwork;
let feed: Feed;

const week = (school: TestSchool, weekFrom: string, counted: Partial<Record<string, number>>) =>
  envelope(
    AccountWeekCounted,
    `account-use:${school.code}:${weekFrom}`,
    1,
    {
      ...{ workplace: school.code, place: school.place, weekFrom },
      province: `${school.authority.slice(0, 2)}0000`,
      ...{ accounts: 2, due: 2, used: 2, missed: 0, neverUsed: 0, sealed: 0, ...counted },
    },
    `${weekFrom}T00:00:00.000+08:00`,
  );

const ask = async <Data>(who: keyof typeof people, text: string, variables = {}): Promise<Answer<Data>> =>
  network.graphql<Data>('statistics', await network.tokenFor(people[who]), text, variables);
const askUse = (who: keyof typeof people, variables: Record<string, unknown>) =>
  ask<{ accountUse: Use }>(
    who,
    `query ($scope: ID, $week: Date, $month: Month) { accountUse(scope: $scope, week: $week, month: $month) {
      from to total { ${fields} } rows { ${fields} } findings { ruleId } } }`,
    variables,
  );
const told = async (who: keyof typeof people, variables: Record<string, unknown>): Promise<Use> => {
  const { data, errors } = await askUse(who, variables);
  if (!data?.accountUse) throw new Error(JSON.stringify(errors));
  return data.accountUse;
};
const codesOf = ({ errors }: Answer<unknown>) => errors.map(({ extensions }) => extensions.code);
const report = async (who: keyof typeof people): Promise<Report> => {
  const { data, errors } = await ask<{ timelinessReport: Report }>(
    who,
    `{ timelinessReport(month: "2026-09") { issuedAt digest accounts { ${fields} } accountsByUnit { ${fields} }
      findings { ruleId } } }`,
  );
  if (!data?.timelinessReport) throw new Error(JSON.stringify(errors));
  return data.timelinessReport;
};
const worker = () => network.service('statistics').core.worker;

/** Weeks of September 2026 end on the 6th, 13th, 20th and 27th. */
beforeAll(async () => {
  network = await startNetwork({ services: ['statistics'] });
  network.clock.moveTo('2026-10-05T09:00:00+08:00');
  feed = feedOf(network.service('statistics'));
  await feed.serve();
  await feed.tell('organization', [...unitsTold(), ...Object.values(schools).map(schoolTold)]);
  await feed.tell(
    'organization',
    ['2026-08-24', '2026-08-31', '2026-09-07', '2026-09-14', '2026-09-21'].flatMap((monday) => [
      week(schools.xiaodian, monday, monday === '2026-09-14' ? { used: 1, missed: 1 } : {}),
      week(schools.xiaodianSecond, monday, { due: 0, used: 0, neverUsed: 2 }),
      week(schools.beiguan, monday, { accounts: 1, due: 1, used: 0, missed: 1, neverUsed: 1, sealed: 1 }),
    ]),
  );
});
afterAll(() => network.stop());

describe('the use of accounts', () => {
  test(breaks('STA-02', 'of a week names who missed it, and leaves out who was exempt'), async () => {
    const use = await told('xiaodian', { week: '2026-09-17' });
    expect([use.from, use.to]).toEqual(['2026-09-14', '2026-09-20']);
    expect(use.total).toMatchObject({
      ...{ accounts: 4, neverUsed: 2, weeksDue: 2, weeksUsed: 1, weeksMissed: 1, weeksExempt: 2 },
    });
    expect(use.rows.map(({ name, weeksMissed }) => [name, weeksMissed])).toEqual([
      ['小店区知行小学', 1],
      ['小店区明德小学', 0],
    ]);
    expect(use.findings.map(({ ruleId }) => ruleId)).toEqual(['STA-02']);
  });

  test(holds('STA-02', 'of a week in which everybody came names nobody'), async () => {
    const use = await told('xiaodian', { week: '2026-09-07' });
    expect(use.total).toMatchObject({ weeksUsed: 2, weeksMissed: 0 });
    expect(use.findings).toEqual([]);
  });

  test('of a month takes the weeks that end in it, up to province and nation', async () => {
    const shanxi = await told('shanxi', { month: '2026-09' });
    expect([shanxi.from, shanxi.to]).toEqual(['2026-08-31', '2026-09-27']);
    expect(shanxi.total).toMatchObject({ accounts: 4, weeksDue: 8, weeksUsed: 7, weeksMissed: 1 });
    const nation = await told('ministry', { month: '2026-09' });
    expect(nation.rows.map(({ unit, weeksMissed }) => [unit, weeksMissed])).toEqual([
      ['140000', 1],
      ['410000', 4],
    ]);
    expect(nation.total).toMatchObject({ accounts: 5, sealed: 1, neverUsed: 3, weeksMissed: 5 });
  });

  test('asks for a week or a month, neither of them to come', async () => {
    for (const wrong of [
      {},
      { week: '2026-09-07', month: '2026-09' },
      { month: '2026-11' },
      { week: '2026-10-12' },
    ])
      expect(codesOf(await askUse('xiaodian', wrong))).toEqual(['BAD_USER_INPUT']);
  });

  test(breaks('PRV-12', 'is nobody’s who does not manage the unit'), async () => {
    const outside = { week: '2026-09-07', scope: '140105' };
    for (const who of ['yingze', 'school', 'teacher'] as const)
      expect(codesOf(await askUse(who, outside))).toEqual(['OUT_OF_JURISDICTION']);
  });

  test(holds('PRV-12', 'is the school’s own'), async () => {
    expect((await told('school', { month: '2026-09' })).total).toMatchObject({ weeksDue: 8, weeksMissed: 1 });
  });

  test('comes out equal when it is rebuilt from the log', async () => {
    const before = await checksum(worker(), accountProjection);
    await reset(worker(), accountProjection);
    await replay(worker(), network.service('statistics').core.bus, accountProjection, silentLog);
    expect(await checksum(worker(), accountProjection)).toBe(before);
  });
});

describe('the part of the monthly report about accounts', () => {
  test(
    breaks('STA-02', 'waits for the last week of the month, and then stands as it was issued'),
    async () => {
      const { core } = network.service('statistics');
      const running = await report('xiaodian');
      expect(running).toMatchObject({ issuedAt: null, accounts: { weeksMissed: 1, weeksDue: 8 } });
      expect(running.accountsByUnit.map(({ unit, weeksMissed }) => [unit, weeksMissed])).toEqual([
        [schools.xiaodian.code, 1],
        [schools.xiaodianSecond.code, 0],
      ]);
      network.clock.moveTo('2026-10-13T09:00:00+08:00');
      while (await issueNext(core));
      const issued = await report('xiaodian');
      expect(issued).toMatchObject({ accounts: running.accounts, accountsByUnit: running.accountsByUnit });
      expect(issued.findings.map(({ ruleId }) => ruleId)).toEqual(['STA-02']);
      expect(issued.issuedAt).toBe('2026-10-13T09:00:00.000+08:00');
      await feed.tell('organization', [week(schools.yingze, '2026-09-21', { missed: 2, used: 0 })]);
      expect((await report('shanxi')).accounts).toMatchObject({ weeksMissed: 1 });
      expect((await told('shanxi', { month: '2026-09' })).total).toMatchObject({ weeksMissed: 3 });
      expect(await asWorker(worker(), (tx) => digestOf(tx, '2026-09'))).toBe(issued.digest);
    },
  );

  test(holds('STA-02', 'says nothing of a unit whose accounts were in use'), async () => {
    const { accounts, findings } = await report('yingze');
    expect([accounts.weeksMissed, findings]).toEqual([0, []]);
  });
});
