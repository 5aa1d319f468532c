import { once } from 'node:events';
import { createClient } from 'graphql-sse';
import { readPosition } from '#gateway/live/position.ts';
import type { LiveTime } from '#gateway/live/view.ts';
import { startNetwork, type TestNetwork } from '../support/network.ts';
import { from, positionOf, type Stream, subscribe, type Transport, transports } from './support/clients.ts';

/** Short pauses pass at once; long ones only when the signal goes off, so every answer has its cause. */
const time: LiveTime = {
  wait: (milliseconds, signal) =>
    milliseconds < 1_000 || signal.aborted ? Promise.resolve() : once(signal, 'abort').then(() => undefined),
};

const query =
  'subscription ($id: ID!, $after: String) { transferUpdated(transfer: $id, after: $after) { state step student { name school { name } } } }';

let network: TestNetwork;
let bearer: string;
let id: string;
let count = 0;

beforeAll(async () => {
  network = await startNetwork({ MAX_STREAMS_PER_CALLER: '4' }, { time });
});
afterAll(() => network.stop());
beforeEach(async () => {
  id = `case-${++count}`;
  network.cases.set(id, { state: 'IN_PROGRESS', step: 0 });
  bearer = await network.bearer({ sub: id });
});

const open = (
  transport: Transport,
  after?: string,
  variables: Record<string, unknown> = { id, after },
): Stream =>
  subscribe(transport, {
    ...{ url: network.gateway.url, bearer, body: { query, variables } },
    ...from(transport, after),
  });

/** The case takes a step, of which its source tells. */
const step = (state: 'IN_PROGRESS' | 'HANDED_OVER' = 'IN_PROGRESS'): void => {
  network.cases.set(id, { state, step: (network.cases.get(id)?.step ?? 0) + 1 });
  network.bus.tell('transfer', `transfer:${id}`);
};

const next = async (stream: Stream) => {
  const { value, done } = await stream.next();
  if (done || !value) throw new Error('the stream is over');
  return value;
};

const stepOf = ({ data }: { data?: Record<string, unknown> | null }) =>
  (data?.transferUpdated as { step: number } | undefined)?.step;

const seqOf = (text: string): number => readPosition(text)?.place?.seq ?? -1;

test.each(transports)(
  'over %s the state comes at once, an update with each event, and an end',
  async (transport) => {
    const stream = open(transport);
    const first = await next(stream);
    expect(first.data).toEqual({
      transferUpdated: {
        ...{ state: 'IN_PROGRESS', step: 0 },
        student: { name: 'N7', school: { name: 'Ss7' } },
      },
    });
    expect(first.extensions?.live?.events).toBe(0);
    step();
    const second = await next(stream);
    expect([stepOf(second), second.extensions?.live?.events]).toEqual([1, 1]);
    expect(seqOf(positionOf(second))).toBeGreaterThan(seqOf(positionOf(first)));
    step('HANDED_OVER');
    expect(stepOf(await next(stream))).toBe(2);
    expect(await stream.next()).toEqual({ value: undefined, done: true });
  },
);

test.each(transports)(
  'over %s a client that comes back is told what came meanwhile, in one update',
  async (transport) => {
    const stream = open(transport);
    const position = positionOf(await next(stream));
    await stream.return(undefined);
    for (let n = 0; n < 3; n++) step();
    const again = open(transport, position);
    const update = await next(again);
    expect([stepOf(update), update.extensions?.live?.events]).toEqual([3, 3]);
    step();
    expect((await next(again)).extensions?.live?.events).toBe(1);
    await again.return(undefined);
  },
);

test.each(transports)(
  'over %s a client that missed nothing hears of the next event first',
  async (transport) => {
    const stream = open(transport);
    await next(stream);
    step();
    const position = positionOf(await next(stream));
    await stream.return(undefined);
    network.bus.tell('transfer', 'transfer:another');
    const again = open(transport, position);
    const update = next(again);
    const calls = network.people.calls.length;
    while (network.people.calls.length === calls) await new Promise(setImmediate);
    step();
    expect([stepOf(await update), (await update).extensions?.live?.events]).toEqual([2, 1]);
    await again.return(undefined);
  },
);

test('what changed without an event is shown to who comes back, and to who is there', async () => {
  const stream = open('sse');
  const position = positionOf(await next(stream));
  await stream.return(undefined);
  network.cases.set(id, { state: 'IN_PROGRESS', step: 7 });
  const again = open('websocket', position);
  const update = await next(again);
  expect([stepOf(update), update.extensions?.live?.events]).toEqual([7, 0]);
  network.cases.set(id, { state: 'IN_PROGRESS', step: 8 });
  network.bus.signal(`transfer.${id}`, { transfer: id });
  expect(stepOf(await next(again))).toBe(8);
  await again.return(undefined);
});

test.each(transports)(
  'over %s a position of another log leads to the present state, and is told',
  async (transport) => {
    const stream = open(transport);
    const position = positionOf(await next(stream));
    await stream.return(undefined);
    network.bus.replaceLog('transfer');
    step();
    const update = await next(open(transport, position));
    expect(stepOf(update)).toBe(1);
    expect(update.extensions?.live).toMatchObject({ gap: true });
    expect(update.extensions?.live?.events).toBeUndefined();
  },
);

const refusals: [string, Record<string, unknown>, string][] = [
  ['a position that is none', { query, variables: { id: 'x', after: 'here' } }, 'BAD_USER_INPUT'],
  ['a query', { query: '{ rule(id: "x") { id } }' }, 'BAD_REQUEST'],
  ['an unknown field', { query: 'subscription { nothing { id } }' }, 'GRAPHQL_VALIDATION_FAILED'],
  ['a broken document', { query: 'subscription {' }, 'GRAPHQL_PARSE_FAILED'],
  ['a missing variable', { query }, 'BAD_USER_INPUT'],
  [
    'a part that is to come later',
    { query: 'subscription { transferUpdated(transfer: "x") { ... @defer { step } } }' },
    'GRAPHQL_VALIDATION_FAILED',
  ],
  [
    'a hash that is not known',
    { query: '', extensions: { persistedQuery: { version: 1, sha256Hash: 'a'.repeat(64) } } },
    'PERSISTED_QUERY_NOT_FOUND',
  ],
];

test.each(refusals)('%s is refused alike on every transport', async (_, body, code) => {
  for (const transport of transports) {
    const stream = subscribe(transport, { url: network.gateway.url, bearer, body });
    const { value } = await stream.next();
    expect([transport, value?.errors?.map(({ extensions }) => extensions?.code)]).toEqual([
      transport,
      [code],
    ]);
    expect((await stream.next()).done).toBe(true);
  }
});

test.each(transports)(
  'over %s what the query does not show is not shown, and the stream ends',
  async (transport) => {
    const stream = open(transport, undefined, { id: 'of somebody else' });
    expect((await next(stream)).data).toEqual({ transferUpdated: null });
    expect((await stream.next()).done).toBe(true);
  },
);

test('nothing comes after the end of the token, on any transport', async () => {
  bearer = await network.bearer({ sub: id, expiresIn: '2s' });
  const streams = transports.map((transport) => open(transport));
  await Promise.all(streams.map(next));
  const last = await Promise.all(streams.map(next));
  expect(last.map(({ errors }) => errors?.[0]?.extensions?.code)).toEqual(Array(3).fill('UNAUTHENTICATED'));
  step();
  for (const stream of streams) expect((await stream.next()).done).toBe(true);
});

test.each(transports)(
  'over %s an account that is suspended meanwhile ends the stream, and nothing follows',
  async (transport) => {
    const stream = open(transport);
    await next(stream);
    const refused = { data: null, errors: [{ message: '…', extensions: { code: 'ACCOUNT_SUSPENDED' } }] };
    network.people.answerWith = () => JSON.stringify(refused);
    step();
    const last = await next(stream);
    network.people.answerWith = undefined;
    expect(last.errors?.map(({ extensions }) => extensions?.code)).toEqual(['ACCOUNT_SUSPENDED']);
    expect(last.extensions?.live).toBeUndefined();
    step();
    expect((await stream.next()).done).toBe(true);
  },
);

test('streams of one caller that show the same share each run; those of another have their own', async () => {
  const streams = [open('sse'), open('multipart'), open('websocket')];
  bearer = await network.bearer({ sub: 'somebody else' });
  streams.push(open('sse'));
  await Promise.all(streams.map(next));
  network.people.calls.length = 0;
  step();
  const updates = await Promise.all(streams.map(next));
  expect(updates.map(stepOf)).toEqual([1, 1, 1, 1]);
  const readers = network.people.calls.filter(({ query: text }) => text.includes('transferCase'));
  expect(readers).toHaveLength(2);
  await Promise.all(streams.map((stream) => stream.return(undefined)));
});

test('places are counted over all transports together', async () => {
  const streams = transports.map((transport) => open(transport));
  await Promise.all(streams.map(next));
  const fourth = open('websocket');
  await next(fourth);
  expect((await next(open('websocket'))).errors?.[0]?.extensions?.code).toBe('RATE_LIMITED');
  await expect(open('sse').next()).rejects.toThrow('429');
  await Promise.all([...streams, fourth].map((stream) => stream.return(undefined)));
});

test('the client of the protocol of server-sent events is served', async () => {
  const client = createClient({
    url: `${network.gateway.url}/graphql/stream`,
    headers: { authorization: bearer },
  });
  const seen = client.iterate<{ transferUpdated: { step: number } }>({ query, variables: { id } });
  expect(stepOf((await seen.next()).value)).toBe(0);
  step('HANDED_OVER');
  expect(stepOf((await seen.next()).value)).toBe(1);
  expect((await seen.next()).done).toBe(true);
  client.dispose();
});

test('parts that are to come later are refused in words, for requests as for streams', async () => {
  const { errors } = await network.ask('{ rule(id: "x") { id ... @defer { title } } }', { bearer });
  expect(errors?.map(({ message }) => message).join()).toMatch(/答复一次给出.*comes whole/);
  const body = { query: 'subscription { transferUpdated(transfer: "x") { ... @defer { step } } }' };
  const stream = subscribe('websocket', { url: network.gateway.url, bearer, body });
  expect((await next(stream)).errors?.[0]?.message).toMatch(/答复一次给出.*comes whole/);
});
