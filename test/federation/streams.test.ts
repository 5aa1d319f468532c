import { once } from 'node:events';
import type { LiveTime } from '#gateway/live/view.ts';
import { newJob } from './support/graph.ts';
import { startNetwork, type TestNetwork } from './support/network.ts';

/** Short pauses pass at once; long ones only when the signal goes off, so every answer has its cause. */
const time: LiveTime = {
  wait: (milliseconds, signal) =>
    milliseconds < 1_000 || signal.aborted ? Promise.resolve() : once(signal, 'abort').then(() => undefined),
};

let network: TestNetwork;
let bearer: string;

beforeAll(async () => {
  network = await startNetwork({ MAX_STREAMS_PER_CALLER: '2' }, { time });
});
afterAll(() => network.stop());
beforeEach(async () => {
  Object.assign(network.job, newJob());
  network.people.answerWith = undefined;
  bearer = await network.bearer({ sub: expect.getState().currentTestName || 'the first of them' });
});

const progress = 'subscription ($job: ID!) { progress: importProgress(job: $job) { id read secret } }';

type Event = { event: string; data: { data?: unknown; errors?: { extensions: { code: string } }[] } | null };

/** The events of a stream, one after another; comments and pings are left out. */
async function* eventsOf(response: Response): AsyncGenerator<Event, undefined, undefined> {
  let text = '';
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += chunk;
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const lines = text.slice(0, end).split('\n');
      text = text.slice(end + 2);
      const field = (name: string) =>
        lines
          .find((line) => line.startsWith(`${name}:`))
          ?.slice(name.length + 1)
          .trim();
      const event = field('event');
      if (event) yield { event, data: JSON.parse(field('data') || 'null') };
    }
  }
  return undefined;
}

const open = (body: unknown, headers: Record<string, string> = {}, signal?: AbortSignal) =>
  fetch(`${network.gateway.url}/graphql/stream`, {
    method: 'POST',
    headers: {
      accept: 'text/event-stream',
      'content-type': 'application/json',
      authorization: bearer,
      ...headers,
    },
    body: JSON.stringify(body),
    ...(signal ? { signal } : {}),
  });

const rest = async (events: AsyncIterable<Event>): Promise<Event[]> => {
  const seen: Event[] = [];
  for await (const event of events) seen.push(event);
  return seen;
};

test('tells the state at once, after each signal, and ends when the import is done', async () => {
  const events = eventsOf(await open({ query: progress, variables: { job: 'job-1' } }));
  const refused = [{ code: 'UNAUTHORIZED_FIELD_OR_TYPE' }];
  const first = (await events.next()).value;
  expect(first?.data?.data).toEqual({ progress: { id: 'job-1', read: 0, secret: null } });
  expect(first?.data?.errors?.map(({ extensions }) => extensions)).toEqual(refused);

  network.job.read = 10;
  network.bus.signal('import.job-1', { job: 'job-1', state: 'READING' });
  expect((await events.next()).value?.data?.data).toMatchObject({ progress: { read: 10 } });

  Object.assign(network.job, { read: 20, state: 'DONE' });
  network.bus.signal('import.job-1', { job: 'job-1', state: 'DONE' });
  expect((await rest(events)).map(({ event, data }) => [event, data?.data])).toEqual([
    ['next', { progress: { id: 'job-1', read: 20, secret: null } }],
    ['complete', undefined],
  ]);
  expect(network.bus.listeners('import.job-1')).toBe(0);
  expect(network.people.calls.map(({ query }) => query).join('')).not.toMatch(/secret/);
});

test('the root field may stand in a fragment, without an alias, with a literal', async () => {
  network.job.state = 'DONE';
  const query =
    'subscription { ...P } fragment P on Subscription { importProgress(job: "job-1") { ... on ImportJob { state } } }';
  const [event] = await rest(eventsOf(await open({ query })));
  expect(event?.data?.data).toEqual({ importProgress: { state: 'DONE' } });
});

test('a job that is not to be seen is null, and the stream ends', async () => {
  const events = await rest(eventsOf(await open({ query: progress, variables: { job: 'other' } })));
  expect(events.map(({ event, data }) => [event, data?.data])).toEqual([
    ['next', { progress: null }],
    ['complete', undefined],
  ]);
});

test.each([
  ['a query', '{ rule(id: "x") { id } }', {}, 'BAD_REQUEST'],
  [
    'a mutation',
    'mutation { rename(input: {idempotencyKey: "k", name: "n"}) { student { id } } }',
    {},
    'BAD_REQUEST',
  ],
  ['an unknown field', 'subscription { nothing { id } }', {}, 'GRAPHQL_VALIDATION_FAILED'],
  ['a broken document', 'subscription {', {}, 'GRAPHQL_PARSE_FAILED'],
  ['a missing variable', progress, {}, 'BAD_USER_INPUT'],
  [
    'more than the limits',
    `subscription { importProgress(job: "j") { ${Array.from({ length: 31 }, (_, i) => `a${i}: id`).join(' ')} } }`,
    {},
    'GRAPHQL_VALIDATION_FAILED',
  ],
])('%s is refused within the stream', async (_, query, variables, code) => {
  const events = await rest(eventsOf(await open({ query, variables })));
  expect(events.map(({ event }) => event)).toEqual(['next', 'complete']);
  expect(events[0]?.data?.errors?.[0]?.extensions.code).toBe(code);
});

test('nobody without a token listens', async () => {
  for (const authorization of ['', 'Bearer x']) {
    const response = await open({ query: progress, variables: { job: 'job-1' } }, { authorization });
    expect(response.status).toBe(401);
  }
});

test('only POST, only event streams, only JSON', async () => {
  const url = `${network.gateway.url}/graphql/stream`;
  const headers = { authorization: bearer, accept: 'text/event-stream' };
  expect((await fetch(url, { headers })).status).toBe(405);
  expect((await open({ query: progress }, { accept: 'application/json' })).status).toBe(406);
  expect((await open({ query: progress }, { 'content-type': 'text/plain' })).status).toBe(415);
});

test('the token is checked at every event: one that ran out ends the stream', async () => {
  const response = await open(
    { query: progress, variables: { job: 'job-1' } },
    { authorization: await network.bearer({ expiresIn: '1s' }) },
  );
  const events = await rest(eventsOf(response));
  expect(events.at(-2)?.data?.errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
  expect(events.at(-1)?.event).toBe('complete');
});

test('a caller has so many streams at a time, and a place is free again when one is left', async () => {
  const asked = { query: progress, variables: { job: 'job-1' } };
  const leave = new AbortController();
  const streams = [await open(asked, {}, leave.signal), await open(asked)];
  expect(streams.map(({ status }) => status)).toEqual([200, 200]);
  const third = await open(asked);
  expect([third.status, (await third.json()).errors[0].extensions.code]).toEqual([429, 'RATE_LIMITED']);
  const others = await network.bearer({ sub: 'somebody else' });
  expect((await open(asked, { authorization: others })).status).toBe(200);
  leave.abort();
  let status = 429;
  while (status === 429) ({ status } = await open(asked));
  expect(status).toBe(200);
});

test('closing the gateway breaks off its streams', async () => {
  const { url, close } = await network.another({});
  const response = await fetch(`${url}/graphql/stream`, {
    method: 'POST',
    headers: { accept: 'text/event-stream', 'content-type': 'application/json', authorization: bearer },
    body: JSON.stringify({ query: progress, variables: { job: 'job-1' } }),
  });
  const events = eventsOf(response);
  await events.next();
  await close();
  await expect(events.next()).rejects.toThrow();
});
