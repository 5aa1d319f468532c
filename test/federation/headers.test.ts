import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { startNetwork, type TestNetwork } from './support/network.ts';
import { type Rogue, says, startRogue } from './support/rogue.ts';

let network: TestNetwork;
let places: Rogue;
let url: string;

beforeAll(async () => {
  [network, places] = await Promise.all([startNetwork(), startRogue()]);
  places.behave = says(
    { data: { school: { name: 'S7' } } },
    {
      'set-cookie': 'session=secret',
      'cache-control': 'public, max-age=9',
      'x-secret': 'secret',
      'access-control-allow-origin': '*',
      'retry-after': '9',
      location: 'http://secret.test',
      server: 'secret',
    },
  );
  const urls = { people: network.people.url, places: places.url };
  ({ url } = await network.another({ SUBGRAPH_URLS: JSON.stringify(urls), TRUSTED_PROXIES: '1' }));
});
afterAll(async () => {
  await network.stop();
  await places.stop();
});
beforeEach(() => {
  places.calls.length = 0;
});

const body = JSON.stringify({ query: '{ school(id: "7") { name } }' });

/** Sends headers as they are written here, in this order, twice where they stand there twice. */
const ask = async (...headers: [string, string][]): Promise<IncomingMessage> => {
  const all = [...headers, ['content-type', 'application/json'], ['content-length', String(body.length)]];
  const sent = request(`${url}/graphql`, { method: 'POST', headers: all.flat(), setHost: false });
  sent.end(body);
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  response.resume();
  await once(response, 'end');
  return response;
};

const host: [string, string] = ['host', 'gateway.test'];
const bearer = async (sub?: string): Promise<[string, string]> => [
  'authorization',
  await network.bearer({ sub }),
];
const received = () => places.calls.map(({ headers }) => headers);

/** What every call has, whoever asks. */
const always = {
  host: expect.stringMatching(/^127\.0\.0\.1:\d+$/),
  connection: 'keep-alive',
  accept: 'application/json',
  'content-type': 'application/json',
  'content-length': expect.any(String),
  'x-operation-id': expect.any(String),
  'x-caller-address': '127.0.0.1',
};

const grant = '00000000-0000-7000-8000-000000000001';
const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

test('the headers of the list go on to the services, and no others', async () => {
  const authorization = await bearer();
  await ask(
    host,
    authorization,
    ['x-purpose', '%E6%A0%B8%E5%AF%B9'],
    ['x-grant', grant],
    ['traceparent', traceparent],
    ['tracestate', 'secret=1'],
    ['baggage', 'secret=1'],
    ['cookie', 'secret=1'],
    ['accept-language', 'zh'],
    ['user-agent', 'secret'],
    ['origin', 'http://secret.test'],
    ['referer', 'http://secret.test'],
    ['x-forwarded-host', 'secret.test'],
    ['x-forwarded-proto', 'https'],
    ['forwarded', 'for=192.0.2.9'],
    ['x-real-ip', '192.0.2.9'],
    ['x-secret', 'secret'],
    ['apollographql-client-name', 'secret'],
    ['proxy-authorization', 'Basic secret'],
  );
  expect(received()).toEqual([
    {
      ...always,
      authorization: authorization[1],
      'x-purpose': '%E6%A0%B8%E5%AF%B9',
      'x-grant': grant,
      traceparent,
    },
  ]);
});

test('what the gateway says of a call cannot be forged by the caller', async () => {
  await ask(
    host,
    await bearer(),
    ['x-operation-id', 'forged'],
    ['x-caller-address', '198.51.100.1'],
    ['x-forwarded-for', '198.51.100.2, 192.0.2.7'],
  );
  const [headers] = received();
  expect(headers?.['x-caller-address']).toBe('192.0.2.7');
  expect(headers?.['x-operation-id']).toMatch(/^[0-9a-f-]{36}$/);
});

test('a connection header of the caller ends at the gateway', async () => {
  await ask(
    host,
    await bearer(),
    ['connection', 'x-grant, x-purpose, keep-alive'],
    ['keep-alive', 'timeout=9'],
    ['te', 'trailers'],
    ['proxy-connection', 'keep-alive'],
  );
  expect(received()).toEqual([{ ...always, authorization: expect.any(String) }]);
});

test('of two tokens one goes on: the one by which the caller was known', async () => {
  const [first, second] = [await bearer('first'), await bearer('second')];
  await ask(host, first, second);
  expect(received().map(({ authorization }) => authorization)).toEqual([first[1]]);
});

test.each<[string, [string, string]]>([
  ['a grant that is no id', ['x-grant', 'secret']],
  ['a purpose that is not percent-encoded text', ['x-purpose', '%E4%A']],
  ['a token that is none', ['authorization', 'Bearer secret']],
])('%s stops at the gateway', async (_, header) => {
  const response = await ask(host, header);
  expect([response.statusCode === 400 || response.statusCode === 401, received()]).toEqual([true, []]);
});

test('all that is wrong with the headers is told at once', async () => {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-purpose': '%E4%A', 'x-grant': 'secret' },
    body,
  });
  expect((await response.json()).errors[0].message).toMatch(/x-purpose .*x-grant /);
});

test('a trace that is none is not passed on', async () => {
  await ask(host, await bearer(), ['traceparent', 'secret']);
  expect(received()[0]).not.toHaveProperty('traceparent');
});

test('no header of a service comes back', async () => {
  const response = await ask(host, await bearer());
  expect(response.statusCode).toBe(200);
  expect(Object.entries(response.headers).flat().join(' ')).not.toMatch(/secret|max-age=9/);
  for (const name of ['set-cookie', 'retry-after', 'location', 'server', 'access-control-allow-origin']) {
    expect(response.headers).not.toHaveProperty(name);
  }
});
