import type { Envelope } from '#libs/contracts/envelope.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import { asWorker, inScope } from '#libs/platform/database/scope.ts';
import { checksum, replay } from '#libs/platform/events/rebuild.ts';
import { silentLog } from '#libs/platform/log/log.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { recountDays } from '#services/statistics/recount-days.ts';
import { stockProjection } from '#services/statistics/stock/projection.ts';
import { startNetwork, type TestNetwork } from '#test/support/network.ts';
import { reset } from '#test/support/reset.ts';
import { breaks } from '#test/support/rules.ts';
import { type TestPupil, told } from './events.ts';
import { type Feed, feedOf } from './feed.ts';
import { schools, schoolTold, unitsTold } from './nation.ts';

let network: TestNetwork;
let core: ServiceCore;
let feed: Feed;

const at = (event: Envelope, day: string, hour = '09:00'): Envelope => ({
  ...event,
  time: `${day}T${hour}:00.000+08:00`,
});
const pupils = (from: number, to: number): TestPupil[] =>
  Array.from({ length: to - from }, (_, nth) => {
    const school = nth % 2 === 0 ? schools.xiaodian : schools.yingze;
    return { name: `by day ${from + nth}`, place: school.place, school: school.code, entryYearAdj: 2024 };
  });

const operation = `query ($scope: ID, $by: [Dimension!]!, $asOf: Date) {
  enrollmentStatistics(scope: $scope, by: $by, asOf: $asOf) { asOf total rows { keys { value } count } }
}`;
type Table = { asOf: string; total: number; rows: { keys: { value: string }[]; count: number }[] };

const tableOn = async (asOf: string | null, scope = '140100', by: string[] = []): Promise<Table> => {
  const token = await network.tokenFor({
    ...{ sub: 'clerk', roles: ['REGISTRAR'], scope: 'statistics:read', level: 'CITY', unit: '140100' },
  });
  const { data, errors } = await network.graphql<{ enrollmentStatistics: Table }>(
    'statistics',
    token,
    operation,
    { scope, by, asOf },
  );
  expect(errors).toEqual([]);
  if (!data) throw new Error('no table');
  return data.enrollmentStatistics;
};
const totalOn = async (asOf: string | null, scope?: string) => (await tableOn(asOf, scope)).total;
const monthsKept = () =>
  asWorker(core.worker, (tx) =>
    query<{ month: string; n: string }>(
      tx,
      `select month::text, sum(n) as n from stock_month where width = 100000000000 group by 1 order by 1`,
    ),
  );

beforeAll(async () => {
  network = await startNetwork({ services: ['statistics'] });
  network.clock.moveTo('2026-09-20T10:00:00+08:00');
  core = network.service('statistics').core;
  feed = feedOf(network.service('statistics'));
  await feed.tell('organization', [...unitsTold(), ...Object.values(schools).map(schoolTold)]);
});
afterAll(() => network.stop());

describe('counts at the end of a past day', () => {
  test('are those of the events up to the last moment of that day in Beijing', async () => {
    const [one, other, ...rest] = pupils(0, 10);
    if (!one || !other) throw new Error('no pupils');
    await feed.tell('enrollment', [
      ...rest.map((pupil) => at(told.registered(pupil), '2026-06-30')),
      at(told.registered(one), '2026-07-15', '23:59'),
      at(told.registered(other), '2026-07-16', '00:00'),
      at(told.rejected(other, true), '2026-08-03'),
    ]);
    expect(await totalOn('2026-06-29')).toBe(0);
    expect(await totalOn('2026-06-30')).toBe(8);
    expect(await totalOn('2026-07-15')).toBe(9);
    expect(await totalOn('2026-07-16')).toBe(10);
    expect(await totalOn('2026-08-02')).toBe(10);
    expect(await totalOn('2026-08-03')).toBe(9);
    expect((await tableOn('2026-07-16')).asOf).toBe('2026-07-16T23:59:59.999+08:00');
    expect(await totalOn(null)).toBe(9);
  });

  test('a month is kept once every source has come past its end', async () => {
    expect(await monthsKept()).toEqual([]);
    const known = pupils(0, 8);
    await feed.tell(
      'identity',
      known.map((pupil, nth) => at(told.temporary(pupil), `2026-0${6 + (nth % 3)}-30`)),
    );
    expect((await monthsKept()).map(({ month, n }) => [month, Number(n)])).toEqual([
      ['2026-06-01', 8],
      ['2026-07-01', 10],
    ]);
    expect(await totalOn('2026-07-15')).toBe(9);
    expect(await recountDays(core.worker)).toEqual([]);
  });

  test('by an attribute of identity are those of the day on which it was told, however late it is heard', async () => {
    const numbers = async (day: string) =>
      Object.fromEntries(
        (await tableOn(day, '140100', ['NUMBER_KIND'])).rows.map(({ keys, count }) => [
          keys[0]?.value,
          count,
        ]),
      );
    expect(await numbers('2026-06-29')).toEqual({});
    expect(await numbers('2026-06-30')).toEqual({ L_TEMPORARY: 2, NONE: 6 });
    const [upgraded] = pupils(3, 4);
    if (!upgraded) throw new Error('no pupil');
    await feed.tell('identity', [at(told.formal(upgraded), '2026-07-20')]);
    expect(await numbers('2026-07-19')).toEqual({ L_TEMPORARY: 3, NONE: 7 });
    expect(await numbers('2026-07-20')).toEqual({ G_FORMAL: 1, L_TEMPORARY: 2, NONE: 7 });
    expect(await numbers('2026-07-31')).toMatchObject({ G_FORMAL: 1 });
    expect(await recountDays(core.worker)).toEqual([]);
  });

  test('a late event corrects the months that were kept, for the blocks it concerns', async () => {
    const [late] = pupils(100, 101);
    if (!late) throw new Error('no pupil');
    await feed.tell('enrollment', [at(told.registered(late), '2026-06-10')]);
    expect((await monthsKept()).map(({ month, n }) => [month, Number(n)])).toEqual([
      ['2026-06-01', 9],
      ['2026-07-01', 11],
    ]);
    expect(await totalOn('2026-06-10')).toBe(1);
    expect(await totalOn('2026-07-31', '140105')).toBe((await totalOn('2026-07-31')) - 5);
    expect(await recountDays(core.worker)).toEqual([]);
  });

  test('by school and by unit add up to the total of the day', async () => {
    const table = await tableOn('2026-07-16', '140105', ['UNIT']);
    expect(table.rows.map(({ keys, count }) => [keys[0]?.value, count])).toEqual([
      [schools.xiaodian.code, table.total],
    ]);
    const city = await tableOn('2026-07-16', '140100', ['UNIT', 'GENDER']);
    expect(city.rows.reduce((sum, { count }) => sum + count, 0)).toBe(city.total);
  });

  test('come out equal when everything is rebuilt source after source, in other batches', async () => {
    const kept = await checksum(core.worker, stockProjection);
    await feed.serve();
    await reset(core.worker, stockProjection);
    await replay(core.worker, core.bus, stockProjection, silentLog);
    expect(await checksum(core.worker, stockProjection)).toBe(kept);
  });

  test('a day or a month that was tampered with is found', async () => {
    await asWorker(core.worker, (tx) =>
      execute(tx, `update stock_month set n = n + 1 where width = 1 and month = '2026-06-01'`),
    );
    expect((await recountDays(core.worker)).map(({ month, place }) => [month, place])).toEqual([
      ['2026-06-01', schools.xiaodian.place],
      ['2026-06-01', schools.yingze.place],
    ]);
    await asWorker(core.worker, (tx) =>
      execute(tx, `update stock_month set n = n - 1 where width = 1 and month = '2026-06-01'`),
    );
  });

  test(breaks('PRV-12', 'of blocks beyond the own range are not yielded by the database'), async () => {
    const beyond = await inScope(core.app, { lo: 14_010_500_000, hi: 14_010_599_999, persons: [] }, (tx) =>
      query(
        tx,
        `select 1 from stock_day where place < 14010500000 or place + width - 1 > 14010599999
         union all select 1 from stock_month where place < 14010500000 or place + width - 1 > 14010599999`,
      ),
    );
    expect(beyond).toEqual([]);
  });
});
