import { createHash } from 'node:crypto';
import { getIntrospectionQuery } from 'graphql';
import { startNetwork, type TestNetwork } from './support/network.ts';
import { startOpenServer } from './support/open-server.ts';

let network: TestNetwork;
let open: Awaited<ReturnType<typeof startOpenServer>>;
let bearer: string;

beforeAll(async () => {
  [network, open] = await Promise.all([startNetwork(), startOpenServer()]);
  bearer = await network.bearer();
});
afterAll(() => Promise.all([network.stop(), open.stop()]));

type Reply = {
  data?: Record<string, unknown> | null;
  errors?: { message: string; extensions?: Record<string, unknown> }[];
  extensions?: Record<string, unknown>;
};
type Heard = { text: string; json: Reply | undefined };

const heard = async (url: string, init?: RequestInit): Promise<Heard> => {
  const text = await (await fetch(url, init)).text();
  try {
    return { text, json: JSON.parse(text) };
  } catch {
    return { text, json: undefined };
  }
};

const posted = (url: string, body: unknown): Promise<Heard> =>
  heard(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(url === open.url ? {} : { authorization: bearer }) },
    body: JSON.stringify(body),
  });
const asked = (url: string, query: string): Promise<Heard> => posted(url, { query, operationName: 'cop' });
const gotten = (url: string, query: string): Promise<Heard> =>
  heard(`${url}?${new URLSearchParams({ query })}`);
const times = (count: number, text: (at: number) => string): string =>
  Array.from({ length: count }, (_, at) => text(at)).join(' ');

/** What the public tool graphql-cop tries: each tells whether the server lets it happen. */
const attacks: [string, (url: string) => Promise<boolean>][] = [
  [
    'a hundred aliases of one field',
    async (url) =>
      (await asked(url, `query cop { ${times(101, (at) => `alias${at}: __typename`)} }`)).json?.data
        ?.alias100 !== undefined,
  ],
  [
    'ten operations in one request',
    async (url) => {
      const { json } = await posted(
        url,
        Array.from({ length: 10 }, () => ({ query: 'query cop { __typename }' })),
      );
      return Array.isArray(json) && json.length >= 10;
    },
  ],
  [
    'ten directives on one field, each looked at for itself',
    async (url) =>
      (await asked(url, `query cop { __typename ${'@aa'.repeat(10)} }`)).json?.errors?.length === 10,
  ],
  [
    'one field five hundred times',
    async (url) =>
      (await asked(url, `query cop { ${times(500, () => '__typename')} }`)).json?.data?.__typename !==
      undefined,
  ],
  [
    'introspection in circles',
    async (url) =>
      (
        await asked(
          url,
          'query cop { __schema { types { fields { type { fields { type { fields { type { fields { type { name } } } } } } } } } } }',
        )
      ).json?.data?.__schema !== undefined,
  ],
  [
    'introspection by nobody in particular',
    async (url) =>
      (
        await heard(url, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ query: 'query cop { __schema { types { name fields { name } } } }' }),
        })
      ).json?.data?.__schema !== undefined,
  ],
  [
    'a mutation by GET',
    async (url) => (await gotten(url, 'mutation cop { __typename }')).json?.data?.__typename !== undefined,
  ],
  [
    'a query by GET that a page of another site can send',
    async (url) => (await gotten(url, 'query cop { __typename }')).json?.data?.__typename !== undefined,
  ],
  [
    'a query in a form that a page of another site can send',
    async (url) =>
      (await heard(url, { method: 'POST', body: new URLSearchParams({ query: 'query cop { __typename }' }) }))
        .json?.data?.__typename !== undefined,
  ],
  [
    'names guessed with the help of the server',
    async (url) => /Did you mean/.test((await asked(url, 'query cop { __schema { directive } }')).text),
  ],
  [
    'an editor at the address of the graph',
    async (url) => /GraphiQL|Playground/i.test((await heard(url, { headers: { accept: 'text/html' } })).text),
  ],
  ['traces', async (url) => /tracing/i.test((await asked(url, 'query cop { __typename }')).text)],
  [
    'the stack behind an error',
    async (url) => /exception|\bat \S+:\d+/i.test((await asked(url, 'qwerty cop { abc }')).text),
  ],
];

describe.each(attacks)('%s', (_, isLetThrough) => {
  test('is not to be had', async () => {
    expect(await isLetThrough(network.gateway.url.concat('/graphql'))).toBe(false);
  });

  test('is found where nothing is protected', async () => {
    expect(await isLetThrough(open.url)).toBe(true);
  });
});

test('names that do not exist are not corrected', async () => {
  const { text } = await network.ask('{ rul { id } }');
  expect(text).not.toMatch(/Did you mean/);
});

test('introspection without a token, also by GET, tells nothing', async () => {
  const query = getIntrospectionQuery();
  const byGet = await network.send(`/graphql?${new URLSearchParams({ query })}`, {
    headers: { 'apollo-require-preflight': 'true' },
  });
  for (const { text } of [await network.ask(query), byGet]) expect(text).not.toMatch(/Student/);
});

test('the whole introspection of a caller fits into the limits', async () => {
  const { errors, data } = await network.ask(
    getIntrospectionQuery({ inputValueDeprecation: true, specifiedByUrl: true }),
    { bearer },
  );
  expect(errors).toBeUndefined();
  expect(JSON.stringify(data)).toContain('"Student"');
  expect(JSON.stringify(data)).not.toMatch(/join__|_entities|_service|_Any|_Entity|FieldSet/);
});

test('traces are not to be had by the headers that ask for them', async () => {
  const { text } = await network.ask('{ rule(id: "x") { id } }', {
    headers: {
      'apollo-federation-include-trace': 'ftv1',
      'apollo-query-plan-experimental': '1',
      'x-apollo-tracing': '1',
    },
  });
  expect(JSON.parse(text)).toEqual({ data: { rule: { id: 'ENR-08' } } });
});

describe.each([
  ['entities', '{ _entities(representations: [{__typename: "Student", id: "1"}]) { __typename } }'],
  ['the schemas of services', '{ _service { sdl } }'],
  ['entities by a variable', 'query ($r: [_Any!]!) { _entities(representations: $r) { __typename } }'],
  [
    'entities below a fragment',
    '{ ...F } fragment F on Query { _entities(representations: []) { __typename } }',
  ],
])('%s', (_, query) => {
  const body = JSON.stringify({ query, variables: { r: [{ __typename: 'Student', id: '1' }] } });
  const isRefused = (text: string): boolean =>
    /GRAPHQL_VALIDATION_FAILED/.test(text) && !/sdl:|"data":\{/.test(text);

  test('are not to be had by POST or GET', async () => {
    const post = await network.send('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: bearer },
      body,
    });
    const get = await network.send(`/graphql?${new URLSearchParams({ query })}`, {
      headers: { 'apollo-require-preflight': 'true', authorization: bearer },
    });
    expect([post, get].map(({ text }) => isRefused(text))).toEqual([true, true]);
  });

  test('are not to be had by a stream', async () => {
    const { text } = await network.send('/graphql/stream', {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream', authorization: bearer },
      body,
    });
    expect(isRefused(text)).toBe(true);
  });

  test('are not to be had by the hash of their text', async () => {
    const sha256Hash = createHash('sha256').update(query).digest('hex');
    const extensions = { persistedQuery: { version: 1, sha256Hash } };
    const send = (asking: object) =>
      network.send('/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: bearer },
        body: JSON.stringify(asking),
      });
    expect(isRefused((await send({ query, extensions })).text)).toBe(true);
    expect((await send({ extensions })).data ?? null).toBeNull();
  });
});
