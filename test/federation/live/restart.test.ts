import type { RunningGateway } from '#gateway/start.ts';
import { startOwnNats } from '#test/events/support/own-nats.ts';
import { startNetwork, type TestNetwork } from '../support/network.ts';
import { type Seen, transports } from './support/clients.ts';
import { faultsOf, followToTheEnd } from './support/follower.ts';
import { type NatsAddress, natsOfRun, natsSettings, startNatsSource } from './support/nats-source.ts';

const id = 'case-1';
let network: TestNetwork;
let source: Awaited<ReturnType<typeof startNatsSource>>;
let gateway: RunningGateway;
let last: number | undefined;
const toStop: (() => Promise<void>)[] = [];

const start = async (address: NatsAddress, name: string): Promise<void> => {
  const prefix = `live_${name}_${process.pid}`;
  source = await startNatsSource('transfer', address, prefix);
  network = await startNetwork(natsSettings(address, prefix), { bus: 'nats' });
  network.cases.set(id, { state: 'IN_PROGRESS', step: 0 });
  gateway = network.gateway;
  last = undefined;
  toStop.unshift(network.stop, source.stop);
};
afterEach(async () => {
  for (const stop of toStop.splice(0)) await stop();
});

const step = async (): Promise<void> => {
  network.cases.set(id, { state: 'IN_PROGRESS', step: (network.cases.get(id)?.step ?? 0) + 1 });
  await source.tell(`transfer:${id}`);
};

/** What each client got, once it has seen the last event, which comes now. */
const ending = async (followed: readonly Promise<Seen[]>[]): Promise<string[][]> => {
  last = source.head().seq + 1;
  await step();
  return (await Promise.all(followed)).map((got) => faultsOf(got, source.head().seq));
};

const followers = async () => {
  const bearers = await Promise.all(transports.map((sub) => network.bearer({ sub })));
  const followed = transports.map((transport, at) =>
    followToTheEnd(transport, { url: () => gateway.url, bearer: bearers[at] ?? '', id, last: () => last }),
  );
  const isOpen = async () =>
    (await (await fetch(`${gateway.url}/metrics`)).text()).match(/gateway_streams\{.*\} 1/g)?.length === 3;
  while (!(await isOpen())) await new Promise(setImmediate);
  return followed;
};

test('a gateway ends and another takes its place while events go on: no client misses or repeats any', async () => {
  await start(natsOfRun(), 'restart');
  const followed = await followers();
  for (let round = 0; round < 3; round++) {
    const [before, another] = [gateway, await network.another({})];
    const going = (async () => {
      for (let n = 0; n < 20; n++) await step();
    })();
    gateway = another;
    await before.close();
    await step();
    await going;
  }
  expect(await ending(followed)).toEqual([[], [], []]);
});

test('NATS is lost with all that it held, and comes back: the streams stay, and what came meanwhile is told once', async () => {
  const nats = await startOwnNats();
  toStop.push(nats.stop);
  await start(nats.address, 'loss');
  const followed = await followers();
  for (let n = 0; n < 5; n++) await step();
  await nats.kill();
  await Promise.all(Array.from({ length: 5 }, () => step()));
  await nats.restart({ keepStore: false });
  for (let n = 0; n < 5; n++) await step();
  expect(await ending(followed)).toEqual([[], [], []]);
});
