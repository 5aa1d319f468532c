import { anyRate, startFront } from '#deploy/network/front.ts';
import type { RunningGateway } from '#gateway/start.ts';
import { type Counter, counterOf } from '#test/service/enrollment/counter.ts';
import { girl } from '#test/service/enrollment/pupils.ts';
import { testServers } from '../support/database.ts';
import { type Registry, startRegistry } from '../support/registry.ts';

/**
 * Tables of figures out of the cache, while pupils are registered and approved all the time: 6 pupils, or 60 where TEST_SIZE is
 * long.
 */
const pupils = process.env.TEST_SIZE === 'long' ? 60 : 6;

const services = [
  ...['organization', 'identity', 'enrollment', 'statistics', 'transfer', 'archive', 'certificate'],
  'complaint-ticket',
];
const school = '2114000001';
const text = '{ enrollmentStatistics(by: [STAGE]) { total } }';

let registry: Registry;
let gateway: RunningGateway;
let counter: Counter;

beforeAll(async () => {
  registry = await startRegistry();
  counter = counterOf(registry);
  const { network } = registry;
  const { NATS_PREFIX: prefix } = network.service('enrollment').core.config;
  const urlOf = (name: string) =>
    network.services.find((service) => service.name === name)?.url ?? 'http://127.0.0.1:9';
  gateway = await startFront(
    { oidc: network.issuer, nats: { ...testServers().nats, prefix } },
    { subgraphs: services.map((name) => ({ name, url: urlOf(name) })), environment: anyRate },
  );
});
afterAll(async () => {
  await gateway.close();
  await registry.stop();
});

type Table = { total: number; cache: string | null };

const cached = async (who: string): Promise<Table> => {
  const response = await fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${await registry.token(who)}` },
    body: JSON.stringify({ query: text }),
  });
  const { data } = (await response.json()) as { data: { enrollmentStatistics: { total: number } } };
  return { total: data.enrollmentStatistics.total, cache: response.headers.get('x-cache') };
};

const fetched = async (who: string): Promise<number> => {
  const { data } = await registry.ask<{ enrollmentStatistics: { total: number } }>(who, text);
  if (!data) throw new Error('no table');
  return data.enrollmentStatistics.total;
};

const until = async (who: string, wanted: (table: Table) => boolean): Promise<Table> => {
  for (;;) {
    const table = await cached(who);
    if (wanted(table)) return table;
  }
};

const isHit = ({ cache }: Table): boolean => cache === 'hit';

test('no level ever sees a table that goes back, and each sees the newest soon; other provinces keep theirs', async () => {
  const above = ['ministry', 'shanxi', 'taiyuan', 'xiaodian'];
  for (const who of [...above, 'beiguan']) await until(who, isHit);
  const begun = await fetched('xiaodian');
  const last = new Map(await Promise.all(above.map(async (who) => [who, await fetched(who)] as const)));
  let isOver = false;
  let hits = 0;
  const watch = async (who: string): Promise<void> => {
    while (!isOver) {
      const { total, cache } = await cached(who);
      expect(total).toBeGreaterThanOrEqual(last.get(who) ?? 0);
      last.set(who, total);
      if (cache === 'hit') hits++;
    }
  };
  const watching = above.map(watch);
  try {
    for (let number = 1; number <= pupils; number++) {
      const registered = await counter.registered(school, girl(number));
      await counter.decide('xiaodian', 'APPROVE', [registered], { reason: '已核实' });
      await registry.settled();
      for (const who of above) {
        const newest = await fetched(who);
        const kept = await until(who, (table) => table.total === newest && isHit(table));
        expect(kept.total).toBe(newest);
      }
    }
  } finally {
    isOver = true;
    await Promise.all(watching);
  }
  expect(await fetched('xiaodian')).toBe(begun + pupils);
  expect(hits).toBeGreaterThan(pupils);
  expect((await cached('beiguan')).cache).toBe('hit');
});
