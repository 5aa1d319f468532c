import pg from 'pg';
import { loadOnce, type NationOrder } from '#deploy/demo/load-once.ts';
import { beginNation, endNation, findNation } from '#deploy/demo/nation-mark.ts';
import { simulatedClock } from '#libs/platform/clock/clock.ts';
import { queryOne } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { dropDatabase, makeDatabase, ownName, testServers } from '#test/support/database.ts';
import { startNetwork, type TestNetwork } from '#test/support/network.ts';

const scale = 500;
const waiting = 12;

const inDatabase = async (url: string, statement: string): Promise<void> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(statement);
  await client.end();
};

describe('loading the demo nation', () => {
  let network: TestNetwork;
  let database: string;
  const told: string[] = [];

  const load = (
    order: { scale?: number; signal?: AbortSignal; onProgress?: NationOrder['onProgress'] } = {},
  ) =>
    loadOnce({
      services: network.services,
      database,
      scale,
      onProgress: () => undefined,
      signal: new AbortController().signal,
      tell: (sentence) => void told.push(sentence),
      ...order,
    });
  const count = async (service: 'identity' | 'enrollment', what: string): Promise<number> => {
    const row = await asWorker(network.service(service).core.worker, (tx) =>
      queryOne<{ n: number }>(tx, `select count(*)::int as n from ${what}`),
    );
    return row.n;
  };

  beforeAll(async () => {
    network = await startNetwork({
      services: ['organization', 'identity', 'enrollment', 'transfer', 'statistics'],
      clock: simulatedClock('2026-09-02T09:00:00+08:00'),
    });
    const url = new URL(testServers().adminUrl);
    url.pathname = `/${network.service('identity').core.config.NATS_PREFIX}`;
    database = url.href;
  }, 120_000);
  afterAll(() => network?.stop());

  test('that is stopped after the first batch is marked as begun', async () => {
    const stop = new AbortController();
    const stopAtFirst = (_step: string, done?: number): void => {
      if (done !== undefined) stop.abort();
    };
    await expect(load({ signal: stop.signal, onProgress: stopAtFirst })).rejects.toThrow();
    expect(await count('identity', 'person')).toBeGreaterThan(0);
    expect(await count('identity', 'person')).toBeLessThan(scale);
    expect(await findNation(database)).toEqual({ scale, loaded: false });
  });

  test('may stop again between a person and its registration', async () => {
    const { OWNER_DATABASE_URL: owner } = network.service('enrollment').core.config;
    await inDatabase(owner, 'alter table enrollment add constraint nobody check (false) not valid');
    await expect(load()).rejects.toThrow();
    await inDatabase(owner, 'alter table enrollment drop constraint nobody');
    expect(await count('enrollment', 'enrollment')).toBeLessThan(await count('identity', 'person'));
  });

  test('is completed by the next start in the scale it was begun with, every child once', async () => {
    told.length = 0;
    await load({ scale: 20_000 });
    await network.settled();
    expect(told).toEqual([expect.stringContaining('it is completed now')]);
    expect(await findNation(database)).toEqual({ scale, loaded: true });
    expect(await count('identity', 'person')).toBe(scale + waiting);
    expect(await count('enrollment', `enrollment where status = 'IN_SCHOOL' and active`)).toBe(scale);
    expect(await count('enrollment', '(select distinct person_id from enrollment) as everybody')).toBe(
      scale + waiting,
    );
  });

  test('ends with a dozen registrations that wait for the county, however small the nation', async () => {
    expect(await count('enrollment', `enrollment where status = 'PENDING_APPROVAL'`)).toBe(waiting);
  });

  test('that has ended is never begun again', async () => {
    await load({
      onProgress: () => {
        throw new Error('it loads again');
      },
    });
    expect(await count('identity', 'person')).toBe(scale + waiting);
  });

  test('does not begin among children whom somebody else has entered', async () => {
    await inDatabase(database, 'drop schema demo cascade');
    told.length = 0;
    await load();
    expect(told).toEqual([expect.stringContaining('holds children already')]);
    expect(await count('identity', 'person')).toBe(scale + waiting);
    expect(await findNation(database)).toBeUndefined();
  });
});

test('the mark of a nation stands in its database, and the first one begun there stays', async () => {
  const name = ownName('mark');
  const url = new URL(testServers().adminUrl);
  url.pathname = `/${name}`;
  expect(await findNation(url.href)).toBeUndefined();
  await makeDatabase(name);
  try {
    expect(await findNation(url.href)).toBeUndefined();
    await beginNation(url.href, 1_000);
    await beginNation(url.href, 2_000);
    expect(await findNation(url.href)).toEqual({ scale: 1_000, loaded: false });
    await endNation(url.href);
    expect(await findNation(url.href)).toEqual({ scale: 1_000, loaded: true });
  } finally {
    await dropDatabase(name);
  }
});
