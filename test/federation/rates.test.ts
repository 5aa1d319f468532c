import { createLog } from '#libs/platform/log/log.ts';
import { ownName, testServers } from '#test/support/database.ts';
import { becomes, openLine } from '#test/support/line.ts';
import { subscribe, transports } from './live/support/clients.ts';
import { askAt, metricOf } from './support/ask.ts';
import { startNetwork, type TestNetwork } from './support/network.ts';

const limit = 60;
const rule = '{ rule(id: "x") { id } }';
const lines: string[] = [];
const log = createLog({
  service: 'gateway',
  level: 'info',
  destination: { write: (line) => lines.push(line) },
});

let network: TestNetwork;
let line: Awaited<ReturnType<typeof openLine>>;
let other: { url: string };

beforeAll(async () => {
  const { nats } = testServers();
  line = await openLine(new URL(nats.url));
  const settings = {
    NATS_URL: line.url,
    NATS_PREFIX: ownName('rates'),
    ...(nats.user ? { NATS_USER: nats.user } : {}),
    ...(nats.password ? { NATS_PASSWORD: nats.password } : {}),
    RATE_PER_CALLER: String(limit),
  };
  network = await startNetwork(settings, { bus: 'nats', log });
  other = await network.another({});
});
afterAll(async () => {
  await network.stop();
  await line.close();
});

const isShared = async (gateway: { url: string }, wanted: number) =>
  (await metricOf(gateway, 'gateway_rate_shared')) === wanted;

const bearerOf = async (sub: string) => ({ authorization: await network.bearer({ sub }) });

/** How many questions are answered before one is refused; 200 are asked at most. */
const answered = async (gateway: { url: string }, headers: Record<string, string>): Promise<number> => {
  for (let count = 0; count < 200; count++) {
    if ((await askAt(gateway, rule, headers)).status === 429) return count;
  }
  return 200;
};

describe('a caller who asks too much', () => {
  test('is told when to ask again, before anything is read or asked', async () => {
    const caller = await bearerOf('too-much');
    expect(await answered(network.gateway, caller)).toBe(limit);
    network.people.calls.length = 0;
    const told = await askAt(network.gateway, rule, caller);
    const seconds = Number(told.headers.get('retry-after'));
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(120);
    expect(told.errors).toEqual([
      {
        message: expect.stringContaining('请求过于频繁'),
        extensions: { code: 'RATE_LIMITED', retryAfter: seconds },
      },
    ]);
    expect(network.people.calls).toHaveLength(0);
    expect(
      await metricOf(network.gateway, 'gateway_rate_limited_total{kind="caller"}'),
    ).toBeGreaterThanOrEqual(2);
  });

  test('is refused by whichever way it comes: GET and files too', async () => {
    const caller = await bearerOf('by-any-way');
    await answered(network.gateway, caller);
    const id = '00000000-0000-7000-8000-000000000001';
    for (const path of [`/graphql?query=${encodeURIComponent(rule)}`, `/reports/${id}`, `/papers/${id}`]) {
      const response = await fetch(`${network.gateway.url}${path}`, {
        headers: { ...caller, 'apollo-require-preflight': '1' },
      });
      expect([path, response.status]).toEqual([path, 429]);
      expect((await response.json()).errors[0].extensions.code).toBe('RATE_LIMITED');
    }
  });

  test.each(transports)('is refused by whichever way it comes: %s', async (transport) => {
    const bearer = await network.bearer({ sub: `by-${transport}` });
    await answered(network.gateway, { authorization: bearer });
    const body = { query: 'subscription { importProgress(job: "job-1") { state } }' };
    const stream = subscribe(transport, { url: network.gateway.url, bearer, body });
    const seen = await stream.next().then(
      ({ value }) => value?.errors?.map(({ extensions }) => extensions),
      (error: Error) => error.message,
    );
    const extensions = { code: 'RATE_LIMITED', retryAfter: expect.any(Number) };
    expect(seen).toEqual(transport === 'websocket' ? [extensions] : 'refused with 429');
    await stream.return(undefined);
  });

  test('leaves all others alone', async () => {
    await answered(network.gateway, await bearerOf('noisy'));
    expect((await askAt(network.gateway, rule, await bearerOf('quiet'))).status).toBe(200);
  });
});

describe('two gateways', () => {
  test('count together what a caller asks of them', async () => {
    expect(await becomes(() => isShared(network.gateway, 1))).toBe(true);
    expect(await becomes(() => isShared(other, 1))).toBe(true);
    const caller = await bearerOf('everywhere');
    expect(await answered(network.gateway, caller)).toBe(limit);
    expect(await answered(other, caller)).toBeLessThan(limit / 2);
  });

  test('count each by itself while the broker is away, which they tell, and together once it is back', async () => {
    line.cut();
    expect(await becomes(() => isShared(other, 0))).toBe(true);
    const caller = await bearerOf('meanwhile');
    expect(await answered(network.gateway, caller)).toBe(limit);
    expect(await answered(other, caller)).toBe(limit);
    expect(lines.join('')).toContain('rates of callers are counted by this gateway alone');
    line.mend();
    expect(await becomes(() => isShared(network.gateway, 1))).toBe(true);
    expect(await becomes(() => isShared(other, 1))).toBe(true);
    const later = await bearerOf('later');
    expect(await answered(network.gateway, later)).toBe(limit);
    expect(await answered(other, later)).toBeLessThan(limit / 2);
  });

  test('write no subject into the log besides that of the record of operations', () => {
    const told = lines.filter((entry) => JSON.parse(entry).message !== 'operation');
    expect(told.join('')).not.toMatch(/everywhere|meanwhile|later/);
  });
});
