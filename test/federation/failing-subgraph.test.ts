import type { RunningGateway } from '#gateway/start.ts';
import { askAt, metricOf, placesOf } from './support/ask.ts';
import { startNetwork, type TestNetwork } from './support/network.ts';
import { drips, first, hangsUp, page, type Rogue, says, silent, startRogue } from './support/rogue.ts';

let network: TestNetwork;
let rogue: Rogue;
let caller: { authorization: string };

/** A gateway whose places are at the rogue; its people answer. */
const gatewayOver = (
  settings: Parameters<TestNetwork['another']>[0] = {},
  urls: Record<string, string> = { people: network.people.url, places: rogue.url },
): Promise<RunningGateway> => network.another({ SUBGRAPH_URLS: JSON.stringify(urls), ...settings });

/** A gateway whose mutations go to the rogue. */
const mutationsTo = (url: string, settings: Parameters<TestNetwork['another']>[0] = {}) =>
  gatewayOver(settings, { people: url, places: network.places.url });

const both = '{ rule(id: "x") { id } school(id: "7") { name } }';
const school = '{ school(id: "7") { name } }';
const rename = 'mutation { rename(input: { idempotencyKey: "k", name: "n" }) { student { id } } }';
const answered = says({ data: { school: { name: 'S7' } } });

const unavailableAt = (place: string, reason: string, more = {}) => [
  [[place], { code: 'SERVICE_UNAVAILABLE', reason, ...more }],
];

beforeAll(async () => {
  network = await startNetwork();
  caller = { authorization: await network.bearer() };
});
afterAll(() => network.stop());
beforeEach(async () => {
  rogue = await startRogue();
});
afterEach(() => rogue.stop());

describe('a read to which nothing came back', () => {
  test.each([
    ['the connection is cut', hangsUp],
    ['a proxy answers 502', page(502)],
    ['a proxy answers 503', page(503)],
    ['a proxy answers 504', page(504)],
  ])('is sent once more where %s, and the caller sees nothing of it', async (_, behave) => {
    const gateway = await gatewayOver();
    rogue.behave = first(behave, answered);
    const told = await askAt(gateway, school, caller);
    expect([told.data, told.errors]).toEqual([{ school: { name: 'S7' } }, []]);
    expect(rogue.calls).toHaveLength(2);
    expect(await metricOf(gateway, 'gateway_retries_total{subgraph="places",outcome="sent"}')).toBe(1);
  });

  test('is sent no third time', async () => {
    rogue.behave = hangsUp;
    const told = await askAt(await gatewayOver(), both, caller);
    expect(told.data).toEqual({ rule: { id: 'ENR-08' }, school: null });
    expect(placesOf(told)).toEqual(unavailableAt('school', 'NO_ANSWER'));
    expect(rogue.calls).toHaveLength(2);
  });

  test.each([
    ['answered with a fault of its own', page(500)],
    ['answered with something else', says('<html>')],
  ])('is not sent again where it was %s', async (_, behave) => {
    rogue.behave = behave;
    const told = await askAt(await gatewayOver(), school, caller);
    expect(placesOf(told)).toEqual(unavailableAt('school', 'NO_ANSWER'));
    expect(rogue.calls).toHaveLength(1);
  });
});

test('retries of a subgraph that cuts every third call stay within a tenth of the calls, and ten', async () => {
  const gateway = await gatewayOver();
  let calls = 0;
  rogue.behave = (response, call) => (++calls % 3 === 0 ? hangsUp : answered)(response, call);
  const asked = 150;
  for (let index = 0; index < asked; index += 25) {
    await Promise.all(Array.from({ length: 25 }, () => askAt(gateway, school, caller)));
  }
  const retries = 'gateway_retries_total{subgraph="places"';
  expect(rogue.calls.length - asked).toBe(await metricOf(gateway, `${retries},outcome="sent"}`));
  expect(rogue.calls.length - asked).toBeLessThanOrEqual(10 + asked / 10);
  expect(await metricOf(gateway, `${retries},outcome="over-budget"}`)).toBeGreaterThan(0);
});

describe('a mutation without an answer', () => {
  test.each([
    ['the connection is cut', hangsUp],
    ['a proxy answers 503', page(503)],
    ['the answer cannot be read', says('{"data":')],
  ])('is never sent again, and may have been done: where %s', async (_, behave) => {
    rogue.behave = behave;
    const told = await askAt(await mutationsTo(rogue.url), rename, caller);
    expect(placesOf(told)).toEqual(unavailableAt('rename', 'NO_ANSWER', { outcome: 'UNKNOWN' }));
    expect(told.errors[0]?.message).toMatch(/同一幂等键.*same idempotencyKey/);
    expect(rogue.calls).toHaveLength(1);
  });

  test('has all the time of its operation, and may have been done when that is over', async () => {
    rogue.behave = silent;
    const gateway = await mutationsTo(rogue.url, { REQUEST_TIMEOUT_MS: '60', SUBGRAPH_TIMEOUT_MS: '1' });
    const told = await askAt(gateway, rename, caller);
    expect(placesOf(told)).toEqual(unavailableAt('rename', 'TIMED_OUT', { outcome: 'UNKNOWN' }));
  });

  test('was not done where the service could not be reached', async () => {
    const told = await askAt(await mutationsTo('http://127.0.0.1:9/graphql'), rename, caller);
    expect(placesOf(told)).toEqual(unavailableAt('rename', 'NOT_REACHED', { outcome: 'NOT_DONE' }));
    expect(told.errors[0]?.message).toMatch(/本次未办理.*same idempotencyKey/);
  });

  test('leaves reads that follow it free to be sent again', async () => {
    rogue.behave = first(hangsUp, says({ data: { _entities: [{ school: { name: 'S9' } }] } }));
    const told = await askAt(
      await gatewayOver(),
      rename.replace('student { id }', 'student { school { name } }'),
      caller,
    );
    expect(told.data).toEqual({ rename: { student: { school: { name: 'S9' } } } });
  });
});

describe('a slow subgraph', () => {
  test.each([
    ['says nothing', silent],
    ['lets its answer drip', drips],
  ])('that %s costs its own places, while there is time for the rest', async (_, behave) => {
    rogue.behave = behave;
    const told = await askAt(await gatewayOver({ SUBGRAPH_TIMEOUT_MS: '60' }), both, caller);
    expect(told.data).toEqual({ rule: { id: 'ENR-08' }, school: null });
    expect(placesOf(told)).toEqual(unavailableAt('school', 'TIMED_OUT'));
    expect(rogue.calls).toHaveLength(1);
  });

  test('may have another time than the others', async () => {
    rogue.behave = silent;
    const times = '{"places":60,"elsewhere":5}';
    const told = await askAt(await gatewayOver({ SUBGRAPH_TIMEOUTS_MS: times }), both, caller);
    expect(placesOf(told)).toEqual(unavailableAt('school', 'TIMED_OUT'));
  });

  test('is asked so many things at once and no more, and the others go on', async () => {
    const gateway = await gatewayOver({ MAX_CALLS_PER_SUBGRAPH: '2' });
    const asked = Promise.withResolvers<void>();
    const held: (() => void)[] = [];
    rogue.behave = (response, call) => {
      held.push(() => answered(response, call));
      if (held.length === 2) asked.resolve();
    };
    const waiting = [1, 2].map(() => askAt(gateway, school, caller));
    await asked.promise;
    const told = await askAt(gateway, both, caller);
    expect(told.data).toEqual({ rule: { id: 'ENR-08' }, school: null });
    expect(placesOf(told)).toEqual(unavailableAt('school', 'NOT_REACHED'));
    expect(await metricOf(gateway, 'gateway_calls_refused_total{subgraph="places",reason="full"}')).toBe(1);
    for (const release of held) release();
    for (const one of await Promise.all(waiting)) expect(one.data).toEqual({ school: { name: 'S7' } });
    expect(await metricOf(gateway, 'gateway_calls{subgraph="places"}')).toBe(0);
  });
});

describe('a subgraph that fails again and again', () => {
  const failOften = async (gateway: RunningGateway): Promise<void> => {
    rogue.behave = page(500);
    await Promise.all(Array.from({ length: 20 }, () => askAt(gateway, school, caller)));
  };
  const breaker = 'gateway_breaker{subgraph="places"}';

  test('is not asked any more, which is told at once; the rest is answered and the gateway stays ready', async () => {
    const gateway = await gatewayOver({ BREAKER_OPEN_MS: '600000' });
    await failOften(gateway);
    expect(await metricOf(gateway, breaker)).toBe(1);
    rogue.behave = silent;
    rogue.calls.length = 0;
    const told = await askAt(gateway, both, caller);
    expect(told.data).toEqual({ rule: { id: 'ENR-08' }, school: null });
    expect(placesOf(told)).toEqual(unavailableAt('school', 'NOT_REACHED'));
    expect(rogue.calls).toHaveLength(0);
    rogue.behave = says({ data: { __typename: 'Query' } });
    expect((await fetch(`${gateway.url}/readyz`)).status).toBe(200);
    expect(await metricOf(gateway, 'gateway_calls_refused_total{subgraph="places",reason="open"}')).toBe(1);
  });

  test('is asked again once it answers', async () => {
    const gateway = await gatewayOver({ BREAKER_OPEN_MS: '1' });
    await failOften(gateway);
    rogue.behave = answered;
    // The call that finds out may meet a connection that is just being closed: then the next one does.
    let told = await askAt(gateway, school, caller);
    while (!told.data?.school) told = await askAt(gateway, school, caller);
    expect([told.data, await metricOf(gateway, breaker)]).toEqual([{ school: { name: 'S7' } }, 0]);
  });
});

test('a subgraph that was down at the start is asked as soon as it is there', async () => {
  const { port } = new URL(rogue.url);
  await rogue.stop();
  const gateway = await gatewayOver({ BREAKER_OPEN_MS: '1' });
  expect(placesOf(await askAt(gateway, both, caller))).toEqual(unavailableAt('school', 'NOT_REACHED'));
  rogue = await startRogue(Number(port));
  rogue.behave = answered;
  expect((await askAt(gateway, school, caller)).data).toEqual({ school: { name: 'S7' } });
});
