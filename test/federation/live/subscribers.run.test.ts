import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { readPosition } from '#gateway/live/position.ts';
import { startNetwork, type TestNetwork } from '../support/network.ts';
import { type Seen, type Stream, subscribe } from './support/clients.ts';
import { natsOfRun, natsSettings, startNatsSource } from './support/nats-source.ts';

/** The small size lives in `npm run test:runs`; under TEST_SIZE=long it is the size that one gateway has to bear. */
const callers = process.env.TEST_SIZE === 'long' ? 1_000 : 50;
const eachWay = 5;
const subscribers = callers * 2 * eachWay;
const updates = 3;
/** Callers who come at the same time. */
const together = 25;

const query = 'subscription ($id: ID!) { transferUpdated(transfer: $id) { step } }';
const id = 'watched by many';

let network: TestNetwork;
let source: Awaited<ReturnType<typeof startNatsSource>>;

beforeAll(async () => {
  const prefix = `subscribers_${process.pid}`;
  source = await startNatsSource('transfer', natsOfRun(), prefix);
  const settings = { ...natsSettings(natsOfRun(), prefix), RATE_PER_CALLER: '0', RATE_PER_UNIT: '0' };
  network = await startNetwork(settings, { bus: 'nats' });
  network.cases.set(id, { state: 'IN_PROGRESS', step: 0 });
});
afterAll(async () => {
  await network.stop();
  await source.stop();
});

const next = async (stream: Stream): Promise<Seen> => {
  const { value } = await stream.next();
  if (!value) throw new Error('the stream is over');
  return value;
};

/** The streams of one caller: half with a connection of their own, half on one socket. */
const streamsOf = async (caller: number): Promise<Stream[]> => {
  const { url } = network.gateway;
  const bearer = await network.bearer({ sub: `caller ${caller}` });
  const body = { query, variables: { id } };
  const client = createClient({
    url: `${url.replace('http', 'ws')}/graphql/stream`,
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    connectionParams: { authorization: bearer },
  });
  const streams = Array.from({ length: eachWay }, () => [
    subscribe('sse', { url, bearer, body }),
    client.iterate(body) as unknown as Stream,
  ]).flat();
  await Promise.all(streams.map(next));
  return streams;
};

const openAll = async (): Promise<Stream[]> => {
  const streams: Stream[] = [];
  for (let first = 0; first < callers; first += together) {
    const some = Array.from({ length: together }, (_, at) => streamsOf(first + at));
    streams.push(...(await Promise.all(some)).flat());
  }
  return streams;
};

test(`${subscribers} subscribers on one gateway: each gets each update once, in order`, async () => {
  const before = process.memoryUsage().rss;
  const streams = await openAll();
  const each = (process.memoryUsage().rss - before) / subscribers / 1024;
  console.log(
    `${subscribers} subscribers: ${each.toFixed(0)} KiB each, with their clients in the same process`,
  );
  for (let step = 1; step <= updates; step++) {
    network.cases.set(id, { state: 'IN_PROGRESS', step });
    await source.tell(`transfer:${id}`);
    const got = await Promise.all(streams.map(next));
    for (const { data, extensions } of got) {
      expect(data).toEqual({ transferUpdated: { step } });
      expect(extensions?.live?.events).toBe(1);
      expect(readPosition(extensions?.live?.position ?? '')?.place?.seq).toBe(step);
    }
  }
  const metrics = await (await fetch(`${network.gateway.url}/metrics`)).text();
  const runs = Number(/^gateway_live_runs_total (\d+)/m.exec(metrics)?.[1]);
  expect(runs).toBeLessThan(subscribers + callers * (updates + 1));
  await Promise.all(streams.map((stream) => stream.return(undefined)));
});
