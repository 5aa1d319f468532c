import { createHash } from 'node:crypto';
import { startNetwork, type TestNetwork } from './support/network.ts';

let network: TestNetwork;
let bearers: Record<string, string | undefined>;

beforeAll(async () => {
  network = await startNetwork({ MAX_COST: '300', REQUEST_TIMEOUT_MS: '1500' });
  bearers = {
    nobody: undefined,
    somebody: await network.bearer(),
    'a registrar': await network.bearer({ scope: 'number assured', roles: ['REGISTRAR'] }),
    'a wrong token': 'Bearer wrong',
  };
});
afterAll(() => network.stop());
afterEach(() => {
  network.places.answerWith = undefined;
});

type Sent = { query?: string; operationName?: unknown; variables?: unknown; extensions?: unknown };

/** What a caller sees, but for what differs between any two answers. */
const seen = async (body: Sent, bearer?: string, headers: Record<string, string> = {}) => {
  const answer = await network.send('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(bearer ? { authorization: bearer } : {}), ...headers },
    body: JSON.stringify(body),
  });
  const { 'x-operation-id': _, date: __, ...told } = Object.fromEntries(answer.headers);
  return {
    status: answer.status,
    headers: told,
    text: answer.text.replaceAll(/"correlationId":"[^"]+"/g, '"correlationId":"…"'),
  };
};

const parsed = async (): Promise<number> => {
  const { text } = await network.send('/metrics');
  return Number(/^gateway_documents_parsed_total (\d+)$/m.exec(text)?.[1] ?? 0);
};

const two = 'query One { rule(id: "1") { id } } query Two { viewer { name } }';
const one = 'query ($id: ID!) { student(id: $id) { id name } }';

const requests: [string, Sent][] = [
  [
    'guarded fields',
    { query: '{ students { id name number note mark school { id name head } } viewer { name } }' },
  ],
  [
    'interfaces and unions',
    { query: '{ tickets { __typename id secret } parties { ... on Student { name } } }' },
  ],
  ['nulls that go up', { query: '{ strict { must open } rule(id: "x") { id } }' }],
  [
    'a mutation',
    { query: 'mutation { rename(input: { idempotencyKey: "k", name: "n" }) { student { id } } }' },
  ],
  [
    'errors of a subgraph',
    { query: '{ a: fails(how: "conflict") b: fails(how: "crash") rule(id: "x") { id } }' },
  ],
  ['introspection', { query: '{ __schema { queryType { name } } __typename }' }],
  ['variables', { query: one, variables: { id: '1' } }],
  ['variables that are null', { query: '{ viewer { name } }', variables: null, extensions: null }],
  ['a variable that is missing', { query: one, variables: {} }],
  ['a variable of another kind', { query: one, variables: { id: { of: 'me' } } }],
  ['variables as a text', { query: one, variables: '{"id":"1"}' }],
  ['variables as a list', { query: one, variables: ['1'] }],
  ['text that no service could store', { query: one, variables: { id: 'a\u0000' } }],
  ['one of two operations', { query: two, operationName: 'Two' }],
  ['no operation of that name', { query: two, operationName: 'Three' }],
  ['none of two operations', { query: two }],
  ['an operation name that is no text', { query: two, operationName: 2 }],
  ['a page too large', { query: 'query ($n: Int!) { roster(first: $n) { id } }', variables: { n: 9_000 } }],
  [
    'a hash of another text',
    {
      query: one,
      variables: { id: '1' },
      extensions: { persistedQuery: { version: 1, sha256Hash: 'a'.repeat(64) } },
    },
  ],
  [
    'another version of hashes',
    {
      query: one,
      variables: { id: '1' },
      extensions: { persistedQuery: { version: 2, sha256Hash: 'a'.repeat(64) } },
    },
  ],
  ['a subscription', { query: 'subscription { importProgress(job: "1") { id } }' }],
  ['fields that are not there', { query: '{ gone }' }],
  ['what is no document', { query: '{ students {' }],
];

describe.each(requests)('%s', (_, body) => {
  test.each(['nobody', 'somebody', 'a registrar', 'a wrong token'])(
    'for %s: the same answer again',
    async (name) => {
      const first = await seen(body, bearers[name]);
      expect(await seen(body, bearers[name])).toEqual(first);
      expect(await seen(body, bearers[name])).toEqual(first);
    },
  );
});

test('a document is parsed once', async () => {
  const body = { query: 'query Once($id: ID!) { student(id: $id) { id } }', variables: { id: '1' } };
  const before = await parsed();
  await seen(body, bearers.somebody);
  await seen({ ...body, variables: { id: '2' } }, bearers['a registrar']);
  await seen({ extensions: { persistedQuery: { version: 1, sha256Hash: hashOf(body.query) } } });
  expect(await parsed()).toBe(before + 1);
});

test.each([
  'application/json',
  'application/graphql-response+json',
  'application/graphql-response+json, application/json',
  'application/graphql-response+json,application/json;q=0.9',
  '*/*',
  'application/json;q=0.1, application/graphql-response+json',
  'text/html',
  'text/event-stream',
])('answers those who accept %s in the same form again', async (accept) => {
  const bodies = [{ query: '{ viewer { name } }' }, { query: one, variables: {} }];
  for (const body of bodies) {
    const first = await seen(body, bearers.somebody, { accept });
    expect(await seen(body, bearers.somebody, { accept })).toEqual(first);
  }
});

test('a subgraph that is down is told in the same way', async () => {
  const body = { query: '{ school(id: "7") { name head } viewer { name } }' };
  await seen(body, bearers.somebody);
  network.places.answerWith = () => {
    throw new Error('down');
  };
  const again = await seen(body, bearers.somebody);
  const stranger = await seen({ query: `${body.query} # for the first time` }, bearers.somebody);
  expect(again).toEqual(stranger);
  expect(again.text).toContain('SERVICE_UNAVAILABLE');
});

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');
