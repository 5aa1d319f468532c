import { ProblemRecordMoved } from '#libs/contracts/events/problem-record.ts';
import { AccountWeekCounted } from '#libs/contracts/events/registrar.ts';
import { query } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { checksum, replay } from '#libs/platform/events/rebuild.ts';
import { silentLog } from '#libs/platform/log/log.ts';
import { keepDay } from '#services/statistics/monitor/keep-days.ts';
import { monitorProjection } from '#services/statistics/monitor/projection.ts';
import { problemProjection } from '#services/statistics/term/problems.ts';
import { addToDayCells } from '#services/statistics/timeliness/cell-rows.ts';
import { type Answer, startNetwork, type TestNetwork } from '#test/support/network.ts';
import { reset } from '#test/support/reset.ts';
import { breaks, holds } from '#test/support/rules.ts';
import type { TestClaims } from '#test/support/tokens.ts';
import { envelope, idOf, told } from './events.ts';
import { type Feed, feedOf } from './feed.ts';
import { schools, schoolTold, unitsTold } from './nation.ts';
import { transferOf } from './transfer-events.ts';

type Counted = { quantity: string; kind: string | null; count: number };
type Monitor = {
  on: string;
  kept: boolean;
  total: { quantities: Counted[] };
  rows: { unit: string; quantities: Counted[] }[];
};

const staff = (claims: Partial<TestClaims>): TestClaims => ({
  ...{ sub: 'clerk', roles: ['REGISTRAR'], scope: 'statistics:read' },
  ...claims,
});
const people = {
  ministry: staff({ level: 'MINISTRY', unit: '000000', roles: ['DECISION_MAKER'] }),
  taiyuan: staff({ level: 'CITY', unit: '140100' }),
  xiaodian: staff({ level: 'COUNTY', unit: '140105' }),
  yingze: staff({ level: 'COUNTY', unit: '140106' }),
  school: staff({ level: 'SCHOOL', school: schools.xiaodian.code }),
  teacher: staff({ level: 'SCHOOL', school: schools.xiaodian.code, roles: ['CLASS_TEACHER'] }),
} as const;

let network: TestNetwork;
let feed: Feed;

const worker = () => network.service('statistics').core.worker;
const ask = async (
  who: keyof typeof people,
  variables: Record<string, unknown>,
): Promise<Answer<{ monitor: Monitor }>> =>
  network.graphql(
    'statistics',
    await network.tokenFor(people[who]),
    `query ($scope: ID, $on: Date) { monitor(scope: $scope, on: $on) { on kept
      total { quantities { quantity kind count } } rows { unit quantities { quantity kind count } } } }`,
    variables,
  );
const seen = async (who: keyof typeof people, variables: Record<string, unknown> = {}): Promise<Monitor> => {
  const { data, errors } = await ask(who, variables);
  if (!data?.monitor) throw new Error(JSON.stringify(errors));
  return data.monitor;
};
const plain = (counted: readonly Counted[]) =>
  Object.fromEntries(
    counted.map(({ quantity, kind, count }) => [kind ? `${quantity}:${kind}` : quantity, count]),
  );
const codesOf = ({ errors }: Answer<unknown>) => errors.map(({ extensions }) => extensions.code);

const pupil = (name: string, school: { code: string; place: number }) => ({
  name,
  school: school.code,
  place: school.place,
});
const first = pupil('first', schools.xiaodian);
const second = pupil('second', schools.xiaodian);
const third = pupil('third', schools.yingze);
const problem = (name: string, version: number, waits: boolean, day: string) =>
  envelope(
    ProblemRecordMoved,
    `problem-record:${idOf(name)}`,
    version,
    {
      ...{ person: idOf('first'), problem: idOf(name), kind: 'RECORD_WITHOUT_PERSON', papers: [] },
      ...{ place: first.place, province: '140000', state: waits ? 'OPEN' : 'DISMISSED' },
      ...(waits && { turn: { unit: first.school, dueOn: '2026-09-30', provisional: false } }),
    },
    `${day}T10:00:00.000+08:00`,
  );
const late = transferOf('late', schools.xiaodian, schools.yingze);
const purged = transferOf('purged', schools.yingze, schools.xiaodian);

beforeAll(async () => {
  network = await startNetwork({ services: ['statistics'], withoutWorkers: true });
  network.clock.moveTo('2026-09-20T12:00:00+08:00');
  feed = feedOf(network.service('statistics'));
  await feed.serve();
  await feed.tell('organization', [...unitsTold(), ...Object.values(schools).map(schoolTold)]);
  await feed.tell(
    'enrollment',
    [first, second, third].map((each) => told.registered(each)),
  );
  await feed.tell('identity', [
    ...[first, second, third].map((each) => told.temporary(each)),
    told.formal(first),
    problem('waiting', 1, true, '2026-09-18'),
    problem('over', 1, true, '2026-09-18'),
    problem('over', 2, false, '2026-09-19'),
  ]);
  await feed.tell('transfer', [
    late.started('2026-09-02'),
    late.opened('SOURCE_SCHOOL', '2026-09-02', '2026-09-16'),
    late.late('SOURCE_SCHOOL', '2026-09-16', '2026-09-17'),
    purged.started('2026-09-03'),
    purged.purged('2026-09-18'),
  ]);
  await feed.tell('organization', [
    envelope(AccountWeekCounted, 'account-use', 1, {
      ...{ workplace: schools.xiaodian.code, place: schools.xiaodian.place, province: '140000' },
      ...{ weekFrom: '2026-09-07', accounts: 3, due: 2, used: 2, missed: 0, neverUsed: 0, sealed: 1 },
    }),
  ]);
});
afterAll(() => network.stop());

const ofXiaodian = {
  'NUMBERS:G_FORMAL': 1,
  'NUMBERS:L_TEMPORARY': 1,
  'NUMBERS_ENDED:SUPERSEDED': 1,
  'PROBLEM_RECORDS:RECORD_WITHOUT_PERSON': 1,
  OVERDUE_STEPS: 1,
  TRANSFERS_PURGED: 1,
  SEALED_ACCOUNTS: 1,
};

describe('the monitored quantities', () => {
  test(breaks('STA-09', 'show what waits, is late, purged or sealed at a unit'), async () => {
    const { total, kept, rows } = await seen('xiaodian');
    expect(kept).toBe(false);
    expect(plain(total.quantities)).toEqual(ofXiaodian);
    expect(rows).toEqual([]);
    expect(plain((await seen('school')).total.quantities)).toEqual(ofXiaodian);
  });

  test(holds('STA-09', 'show nothing of the kind at a unit where nothing is wrong'), async () => {
    expect(plain((await seen('yingze')).total.quantities)).toEqual({
      'NUMBERS:L_TEMPORARY': 1,
      SEATS_HELD: 1,
    });
  });

  test('add up from unit to unit', async () => {
    const { total, rows } = await seen('taiyuan');
    expect(plain(rows.find(({ unit }) => unit === '140105')?.quantities ?? [])).toEqual(ofXiaodian);
    expect(plain(total.quantities)).toMatchObject({
      'NUMBERS:L_TEMPORARY': 2,
      SEATS_HELD: 1,
      OVERDUE_STEPS: 1,
    });
    expect(plain((await seen('ministry')).total.quantities)).toMatchObject({ 'NUMBERS:L_TEMPORARY': 2 });
  });

  test('are kept as each day ends, and told of that day whatever comes after', async () => {
    const { core } = network.service('statistics');
    network.clock.moveTo('2026-09-21T00:00:00+08:00');
    expect([await keepDay(core), await keepDay(core)]).toEqual([true, false]);
    await feed.tell('identity', [problem('waiting', 2, false, '2026-09-21'), told.formal(third)]);
    network.clock.moveTo('2026-09-22T00:00:00+08:00');
    await keepDay(core);
    const before = await seen('xiaodian', { on: '2026-09-20' });
    expect([before.kept, plain(before.total.quantities)]).toEqual([true, ofXiaodian]);
    const { 'PROBLEM_RECORDS:RECORD_WITHOUT_PERSON': _, ...without } = ofXiaodian;
    for (const on of ['2026-09-21', '2026-09-22'])
      expect(plain((await seen('xiaodian', { on })).total.quantities)).toEqual(without);
    expect(plain((await seen('yingze', { on: '2026-09-21' })).total.quantities)).toMatchObject({
      'NUMBERS:G_FORMAL': 1,
    });
    expect((await seen('yingze', { on: '2026-09-19' })).total.quantities).toEqual([]);
  });

  test('are written only where a day has changed them', async () => {
    const rows = await asWorker(worker(), (tx) =>
      query<{ name: string; n: string }>(
        tx,
        `select name, n from monitor_day where width = 1 and place = $1 and day = '2026-09-21' order by name`,
        [first.place],
      ),
    );
    expect(rows.map(({ name, n }) => [name, Number(n)])).toEqual([
      ['PROBLEM_RECORDS:RECORD_WITHOUT_PERSON', 0],
    ]);
  });

  test.each([
    [1, -1],
    [-1, 1],
  ])('leave nothing behind where a day comes to nothing, by %i and then %i', async (...steps) => {
    const day = '2026-01-05';
    const left = await asWorker(worker(), async (tx) => {
      for (const n of steps)
        await addToDayCells(tx, 'monitor_cell', [{ place: first.place, measure: 'SEATS_HELD', day, n }]);
      return query(tx, 'select n from monitor_cell where day = $1', [day]);
    });
    expect(left).toEqual([]);
  });

  test('come out equal when they are rebuilt from the logs', async () => {
    for (const projection of [monitorProjection, problemProjection]) {
      const before = await checksum(worker(), projection);
      await reset(worker(), projection);
      await replay(worker(), network.service('statistics').core.bus, projection, silentLog);
      expect(await checksum(worker(), projection)).toBe(before);
    }
  });

  test(breaks('PRV-12', 'are nobody’s who does not manage the unit, and of no day to come'), async () => {
    for (const who of ['yingze', 'school', 'teacher'] as const)
      expect(codesOf(await ask(who, { scope: '140105' }))).toEqual(['OUT_OF_JURISDICTION']);
    expect(codesOf(await ask('xiaodian', { on: '2026-09-23' }))).toEqual(['BAD_USER_INPUT']);
  });
});
