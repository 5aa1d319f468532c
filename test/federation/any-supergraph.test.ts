import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { serveSupergraph } from '#deploy/gateway/serve.ts';
import { composeSupergraph } from '#gateway/compose.ts';
import type { RunningGateway } from '#gateway/start.ts';
import { ConfigError } from '#libs/platform/config/config.ts';
import { silentLog } from '#libs/platform/log/log.ts';
import { startSubgraph, type TestSubgraph } from './support/subgraph.ts';

const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9",
  import: ["@key", "@shareable", "@override", "@inaccessible", "@tag", "@interfaceObject", "@authenticated"])`;

const shop = `${link}
  schema { query: Root mutation: Change subscription: News }
  scalar Date
  scalar Anything
  type Root { media(on: Date): [Media!]! echo(it: Anything): Anything }
  type Change { rename(name: String!): Book }
  type News { ticketUpdated: Book }
  interface Media @key(fields: "id") { id: ID! title: String }
  type Book implements Media @key(fields: "id") {
    id: ID!
    title: String
    stock: Int @inaccessible
    price: Int @tag(name: "post") @authenticated
    pages: Int
  }
  type Film implements Media @key(fields: "id") { id: ID! title: String @tag(name: "any") }
`;
const critics = `${link}
  type Media @key(fields: "id") @interfaceObject { id: ID! stars: Int! }
`;
const printers = `${link}
  type Book @key(fields: "id") { id: ID! pages: Int @override(from: "shop") }
`;

const media = [
  { __typename: 'Book', id: 'b', title: 'B', price: 3, pages: 1 },
  { __typename: 'Film', id: 'f', title: 'F' },
];
const found = ({ id }: { id: string }) => media.find((one) => one.id === id);

let subgraphs: TestSubgraph[];
let supergraph: string;
const gateways: RunningGateway[] = [];

beforeAll(async () => {
  subgraphs = await Promise.all([
    startSubgraph('shop', shop, {
      Root: { media: () => media, echo: (_: unknown, { it }: { it: unknown }) => it },
      Change: { rename: (_: unknown, { name }: { name: string }) => ({ ...media[0], title: name }) },
      Media: { __resolveReference: found },
      Book: { __resolveReference: found },
      Film: { __resolveReference: found },
    }),
    startSubgraph('critics', critics, {
      Media: { __resolveReference: (one: object) => one, stars: () => 5 },
    }),
    startSubgraph('printers', printers, {
      Book: { __resolveReference: (one: object) => one, pages: () => 99 },
    }),
  ]);
  supergraph = subgraphs.reduce(
    (text, { name, url }) => text.replace(`http://${name}.invalid/graphql`, url),
    composeSupergraph(subgraphs),
  );
});
afterAll(async () => {
  await Promise.all(gateways.map((one) => one.close()));
  await Promise.all(subgraphs.map((one) => one.stop()));
});

const serve = async (auth: boolean, env: Record<string, string> = {}) => {
  const gateway = await serveSupergraph({ supergraph, port: 0, auth, env, log: silentLog });
  gateways.push(gateway);
  return async (query: string, variables: object = {}, path = '/graphql') => {
    const response = await fetch(`${gateway.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: '*/*' },
      body: JSON.stringify({ query, variables }),
    });
    const text = await response.text();
    const json = response.headers.get('content-type')?.includes('json');
    return {
      text,
      ...(json ? (JSON.parse(text) as { data?: unknown; errors?: { extensions: object }[] }) : {}),
    };
  };
};
const oidc = {
  OIDC_ISSUER: 'http://issuer.invalid',
  OIDC_JWKS_URL: 'http://issuer.invalid/jwks',
  OIDC_AUDIENCE: 'a',
};

describe('a supergraph that is not of this project, served to everybody', () => {
  test('is answered from the addresses that it gives, with all that Federation 2 has', async () => {
    const ask = await serve(false);
    const read = await ask('{ media { __typename id title stars ... on Book { pages price } } }');
    expect(read.data).toEqual({
      media: [
        { __typename: 'Book', id: 'b', title: 'B', stars: 5, pages: 99, price: 3 },
        { __typename: 'Film', id: 'f', title: 'F', stars: 5 },
      ],
    });
    expect((await ask('mutation { rename(name: "N") { title stars } }')).data).toEqual({
      rename: { title: 'N', stars: 5 },
    });
  });

  test('keeps its own scalars, whatever they are called', async () => {
    const ask = await serve(false);
    const query = 'query ($on: Date, $it: Anything) { media(on: $on) { id } echo(it: $it) }';
    const { data, errors } = await ask(query, { on: 'tomorrow', it: { deep: [1, null] } });
    expect([errors, data]).toEqual([
      undefined,
      { media: [{ id: 'b' }, { id: 'f' }], echo: { deep: [1, null] } },
    ]);
  });

  test('shows itself, but nothing that it hides', async () => {
    const ask = await serve(false);
    const { text } = await ask('{ __schema { queryType { name } types { name fields { name } } } }');
    expect(text).toContain('"stars"');
    expect(text).not.toMatch(/"stock"|join__|_entities/);
    expect((await ask('{ media { ... on Book { stock } } }')).data).toBeUndefined();
  });

  test('refuses subscriptions, by request and by stream', async () => {
    const ask = await serve(false);
    const subscription = 'subscription { ticketUpdated { id } }';
    for (const path of ['/graphql', '/graphql/stream']) {
      const { text } = await ask(subscription, {}, path);
      expect(text).toMatch(/"code":"(BAD_REQUEST|UNAUTHENTICATED|SERVICE_UNAVAILABLE)"/);
    }
  });

  test('has no files and no pages of the registry beside it', async () => {
    await serve(false);
    const url = gateways.at(-1)?.url ?? '';
    const id = '01234567-89ab-7def-8123-456789abcdef';
    for (const path of [`/papers/${id}`, '/check', '/certificates/keys']) {
      expect((await fetch(`${url}${path}`)).status).toBe(404);
    }
  });
});

test('served to callers with tokens, its guards are kept', async () => {
  const ask = await serve(true, oidc);
  const { data, errors } = await ask('{ media { ... on Book { title price } } }');
  expect(data).toEqual({ media: [{ title: 'B', price: null }, {}] });
  expect(errors?.map(({ extensions }) => extensions)).toEqual([{ code: 'UNAUTHORIZED_FIELD_OR_TYPE' }]);
});

test('without an issuer it is not served to callers with tokens', async () => {
  await expect(serve(true)).rejects.toThrow(ConfigError);
});

test('where SUBGRAPH_URLS has other addresses, those are asked', async () => {
  const ask = await serve(false, {
    SUBGRAPH_URLS: JSON.stringify({ shop: 'http://127.0.0.1:9/graphql' }),
  });
  expect((await ask('{ media { id } }')).text).toContain('SERVICE_UNAVAILABLE');
});

test('another supergraph with other subgraphs takes its place, at the addresses that it gives', async () => {
  const ask = await serve(false);
  const [one] = subgraphs;
  const alone = composeSupergraph(subgraphs.slice(0, 1));
  expect(await gateways.at(-1)?.replace(alone)).toBe('refused');
  expect((await ask('{ media { stars } }')).errors).toBeUndefined();
  expect(await gateways.at(-1)?.replace(alone.replace('http://shop.invalid/graphql', one?.url ?? ''))).toBe(
    'served',
  );
  expect((await ask('{ media { id } }')).errors).toBeUndefined();
  expect((await ask('{ media { stars } }')).data).toBeUndefined();
});

test.each([
  [['--help'], 0, /npm run gateway -- --supergraph FILE/],
  [['--supergraph', 'package.json', '--no-auth'], 1, /Syntax Error/],
])('the command says what is wrong with %j', (args, status, text) => {
  const main = fileURLToPath(new URL('../../deploy/gateway/main.ts', import.meta.url));
  const run = spawnSync(process.execPath, ['--no-warnings', main, ...args], { encoding: 'utf8' });
  expect([run.status, `${run.stdout}${run.stderr}`]).toEqual([status, expect.stringMatching(text)]);
  expect(run.stderr).not.toMatch(/^\s+at /m);
});
