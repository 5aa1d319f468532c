import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { askAt, metricOf, type Told } from './support/ask.ts';
import { startNetwork, type TestNetwork } from './support/network.ts';

/**
 * Many callers ask at once for what a silent subgraph has: 600 while 200 calls are let through, or 3,000 while 1,000 are
 * where TEST_SIZE is long.
 */
const isLong = process.env.TEST_SIZE === 'long';
const [callers, most] = isLong ? [3_000, 1_000] : [600, 200];

let network: TestNetwork;
let server: Server;
let held: ServerResponse[] | undefined = [];
const sockets = new Set<Socket>();
let widest = 0;

const answer = (response: ServerResponse): void => void response.end('{"data":{"school":{"name":"S7"}}}');

/** From now on the subgraph answers, also what it was asked before. */
const release = (): void => {
  for (const response of held ?? []) answer(response);
  held = undefined;
};

beforeAll(async () => {
  network = await startNetwork();
  server = createServer((request, response) => {
    request.resume().once('end', () => {
      if (held) held.push(response);
      else answer(response);
    });
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    widest = Math.max(widest, sockets.size);
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  await network.stop();
  for (const socket of sockets) socket.destroy();
  server.close();
});

const isRefused = ({ errors }: Told): boolean => errors[0]?.extensions?.reason === 'NOT_REACHED';

test('a silent subgraph takes so many calls and sockets and no more, and costs the others nothing', async () => {
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
  const gateway = await network.another({
    SUBGRAPH_URLS: JSON.stringify({ people: network.people.url, places: url }),
    MAX_CALLS_PER_SUBGRAPH: String(most),
    REQUEST_TIMEOUT_MS: '120000',
    SUBGRAPH_TIMEOUT_MS: '120000',
  });
  const caller = { authorization: await network.bearer() };
  let refused = 0;
  const ask = async (): Promise<Told> => {
    const told = await askAt(gateway, '{ rule(id: "x") { id } school(id: "7") { name } }', caller);
    if (isRefused(told) && ++refused === callers - most) release();
    return told;
  };
  const told = await Promise.all(Array.from({ length: callers }, ask));
  expect(told.filter(isRefused)).toHaveLength(callers - most);
  for (const one of told) {
    expect(one.data).toEqual({ rule: { id: 'ENR-08' }, school: isRefused(one) ? null : { name: 'S7' } });
  }
  expect(widest).toBeLessThanOrEqual(64);
  expect(await metricOf(gateway, 'gateway_calls{subgraph="places"}')).toBe(0);
});
