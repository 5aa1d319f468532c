import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { askAt, metricOf } from './support/ask.ts';
import { startNetwork, type TestNetwork } from './support/network.ts';

/**
 * Many callers ask at once for what a silent subgraph has: 600 of 200 calls that are let through, or 6,000 of 2,000 where
 * TEST_SIZE is long.
 */
const isLong = process.env.TEST_SIZE === 'long';
const [callers, most] = isLong ? [6_000, 2_000] : [600, 200];

let network: TestNetwork;
let silent: Server;
let isSilent = true;
const sockets = new Set<Socket>();
let widest = 0;

beforeAll(async () => {
  network = await startNetwork();
  silent = createServer((request, response) => {
    if (!isSilent) request.resume().once('end', () => response.end('{"data":{"school":{"name":"S7"}}}'));
  });
  silent.on('connection', (socket) => {
    sockets.add(socket);
    widest = Math.max(widest, sockets.size);
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  await network.stop();
  for (const socket of sockets) socket.destroy();
  silent.close();
});

const codesOf = (errors: readonly { extensions?: Record<string, unknown> }[]): unknown[] =>
  errors.map(({ extensions }) => `${extensions?.code} ${extensions?.reason}`);

test('a silent subgraph takes so many calls and sockets and no more, and costs the others nothing', async () => {
  const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}/graphql`;
  const gateway = await network.another({
    SUBGRAPH_URLS: JSON.stringify({ people: network.people.url, places: url }),
    MAX_CALLS_PER_SUBGRAPH: String(most),
    SUBGRAPH_TIMEOUT_MS: '3000',
    BREAKER_OPEN_MS: '1',
    RATE_PER_CALLER: '0',
    RATE_PER_UNIT: '0',
  });
  const caller = { authorization: await network.bearer() };
  const asked = Array.from({ length: callers }, () =>
    askAt(gateway, '{ rule(id: "x") { id } school(id: "7") { name } }', caller),
  );
  const told = await Promise.all(asked);
  expect(told.every(({ data }) => JSON.stringify(data) === '{"rule":{"id":"ENR-08"},"school":null}')).toBe(
    true,
  );
  expect(new Set(told.flatMap(({ errors }) => codesOf(errors)))).toEqual(
    new Set(['SERVICE_UNAVAILABLE TIMED_OUT', 'SERVICE_UNAVAILABLE NOT_REACHED']),
  );
  expect(
    told.filter(({ errors }) => codesOf(errors)[0] === 'SERVICE_UNAVAILABLE TIMED_OUT').length,
  ).toBeLessThanOrEqual(most);
  expect(widest).toBeLessThanOrEqual(64);
  expect(await metricOf(gateway, 'gateway_calls{subgraph="places"}')).toBe(0);
  isSilent = false;
  const after = await askAt(gateway, '{ school(id: "7") { name } }', caller);
  expect(after.data).toEqual({ school: { name: 'S7' } });
});
