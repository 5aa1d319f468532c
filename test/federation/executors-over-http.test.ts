import type { RunningGateway } from '#gateway/start.ts';
import { startNetwork, type TestNetwork } from './support/network.ts';

let network: TestNetwork;
let stock: RunningGateway;
let bearers: (string | undefined)[];

beforeAll(async () => {
  network = await startNetwork({ GATEWAY_EXECUTOR: 'compiled', REQUEST_TIMEOUT_MS: '1500' });
  stock = await network.another({ GATEWAY_EXECUTOR: 'stock' });
  bearers = [
    undefined,
    await network.bearer(),
    await network.bearer({ scope: 'number assured', roles: ['REGISTRAR'] }),
    await network.bearer({ scope: 'admin' }),
  ];
});
afterAll(() => network.stop());
afterEach(() => {
  network.people.answerWith = undefined;
  network.places.answerWith = undefined;
});

const questions = [
  '{ rule(id: "x") { id title sister { id } } viewer { name } }',
  '{ students { id name number note mark school { id name head } friend { name mark } } }',
  '{ tickets { __typename id secret about { name school { name } } ... on Complaint { title } } }',
  '{ parties { ... on Student { name mark } ... on Vault { content } } strict { must open } }',
  'mutation { rename(input: { idempotencyKey: "k", name: "n" }) { student { id name mark } } }',
  '{ a: fails(how: "conflict") b: fails(how: "crash") rule(id: "x") { id } school(id: "7") { name head } }',
  'query ($id: ID!) { student(id: $id) { id school { name } } }',
];

/** What a caller sees, but for the id by which a fault is found in the log. */
const seen = async (url: string, query: string, bearer: string | undefined) => {
  const answer = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(bearer ? { authorization: bearer } : {}) },
    body: JSON.stringify({ query, variables: { id: '1' } }),
  });
  const text = (await answer.text()).replaceAll(/"correlationId":"[^"]+"/g, '"correlationId":"…"');
  const { data, errors = [] } = JSON.parse(text);
  const places = errors.map(({ path, extensions }: { path: unknown; extensions: unknown }) =>
    JSON.stringify({ path, extensions }),
  );
  return { status: answer.status, data, errors: places.toSorted() };
};

const compare = async (): Promise<void> => {
  for (const query of questions) {
    for (const bearer of bearers) {
      const expected = await seen(stock.url, query, bearer);
      expect({ query, ...(await seen(network.gateway.url, query, bearer)) }).toEqual({ query, ...expected });
    }
  }
};

test('callers of all rights get the same answers from either executor', compare);

test.each([
  ['an error of HTTP with no JSON', '<html>'],
  ['errors without data', '{"errors":[{"message":"m","extensions":{"code":"NOT_FOUND"}}]}'],
  ['data of another kind', '{"data":[1]}'],
  ['nothing', ''],
])('also where a subgraph answers %s', async (_, body) => {
  network.places.answerWith = () => body;
  await compare();
});

test('also where a subgraph is down', async () => {
  await network.places.stop();
  try {
    await compare();
  } finally {
    await network.places.restart();
  }
});

test('also where a subgraph never answers: the time of the operation ends it', async () => {
  network.places.answerWith = () => new Promise(() => undefined);
  const [query, bearer] = [questions[1] ?? '', bearers[1]];
  const [expected, answered] = await Promise.all([
    seen(stock.url, query, bearer),
    seen(network.gateway.url, query, bearer),
  ]);
  expect(answered).toEqual(expected);
  expect(answered.errors.join()).toContain('SERVICE_UNAVAILABLE');
});
