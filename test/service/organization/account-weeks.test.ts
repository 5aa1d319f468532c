import { query } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { countWeeks } from '#services/organization/registrar/count-weeks.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { desk, livedThrough, SCHOOL } from './account-life.ts';
import type { Situation } from './situation.ts';

type Week = { weekFrom: string; accounts: number; due: number; used: number; missed: number };

/** What is told of a school's accounts, week by week, after everything that the clock brought has been counted. */
const weeksOf = async (network: Situation, workplace: string): Promise<Week[]> => {
  const { core } = network.service('organization');
  await desk(network).allLookedAt();
  while (await countWeeks(core));
  const rows = await asWorker(core.worker, (tx) =>
    query<{ data: Week }>(
      tx,
      `select event -> 'data' as data from (select type, event from outbox union all select type, event from event_log) e
       where type = 'AccountWeekCounted' and event -> 'data' ->> 'workplace' = $1
       order by event -> 'data' ->> 'weekFrom'`,
      [workplace],
    ),
  );
  return rows.map(({ data }) => data);
};

describe('the use of accounts by week', () => {
  livedThrough(
    breaks('ACC-11', 'is told of each school once the week is over, with who missed it and who never came'),
    '2026-03-02T09:00:00+08:00',
    async (network) => {
      const { inPost, use } = desk(network);
      const registrar = await inPost({}, 'xiaodian', { hasPassword: false });
      network.clock.moveTo('2026-03-15T23:59:59+08:00');
      expect(await weeksOf(network, SCHOOL)).toMatchObject([
        { weekFrom: '2026-03-02', accounts: 1, due: 0, used: 0, missed: 0, neverUsed: 1, sealed: 0 },
      ]);
      network.clock.moveTo('2026-03-16T00:00:00+08:00');
      expect((await weeksOf(network, SCHOOL)).at(-1)).toMatchObject({
        ...{ weekFrom: '2026-03-09', due: 1, missed: 1, used: 0, neverUsed: 1, place: expect.any(Number) },
      });
      await use(registrar, '2026-03-16');
      network.clock.moveTo('2026-03-23T00:00:00+08:00');
      const weeks = await weeksOf(network, SCHOOL);
      expect(weeks.at(-1)).toMatchObject({ weekFrom: '2026-03-16', missed: 0, used: 1, neverUsed: 0 });
      expect(await weeksOf(network, SCHOOL)).toEqual(weeks);
      expect(JSON.stringify(weeks)).not.toContain(registrar.id);
    },
  );

  livedThrough(
    holds('ACC-11', 'asks for no login in a week of vacation, and says that all were exempt'),
    '2026-07-06T09:00:00+08:00',
    async (network) => {
      await desk(network).inPost({}, 'xiaodian', { hasPassword: false });
      network.clock.moveTo('2026-08-31T00:00:00+08:00');
      const weeks = await weeksOf(network, SCHOOL);
      expect(weeks.map(({ weekFrom }) => weekFrom)).toEqual([
        ...['2026-07-06', '2026-07-13', '2026-07-20', '2026-07-27', '2026-08-03', '2026-08-10'],
        ...['2026-08-17', '2026-08-24'],
      ]);
      for (const { due, missed, accounts } of weeks.slice(1))
        expect([due, missed, accounts]).toEqual([0, 0, 1]);
    },
  );
});
