import { getIntrospectionQuery } from 'graphql';
import type { RunningGateway } from '#gateway/start.ts';
import { startNetwork, type TestNetwork } from './support/network.ts';

let network: TestNetwork;
const bearers: Record<string, string | undefined> = {};

beforeAll(async () => {
  network = await startNetwork();
  bearers.somebody = await network.bearer();
  bearers.integrator = await network.bearer({ scope: 'schema:read' });
});
afterAll(() => network.stop());

const questions = [
  getIntrospectionQuery(),
  '{ __type(name: "Student") { fields { name } } }',
  '{ rule(id: "x") { id } ...F } fragment F on Query { shown: __schema { types { name } } }',
];

/** Whether a caller is shown the schema, which is the same for every such question. */
const isShown = async ({ url }: RunningGateway, who: string): Promise<boolean> => {
  const headers = {
    'content-type': 'application/json',
    ...(bearers[who] ? { authorization: bearers[who] } : {}),
  };
  const texts = await Promise.all(
    questions.map(async (query) =>
      (await fetch(`${url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query }) })).text(),
    ),
  );
  const shown = texts.map((text) => /"Student"|"school"/.test(text));
  expect(new Set(shown).size).toBe(1);
  return shown[0] === true;
};

test.each([
  ['open', ['nobody', 'somebody', 'integrator']],
  ['signed-in', ['somebody', 'integrator']],
  ['scope:schema:read', ['integrator']],
  ['closed', []],
])('where introspection is %s, the schema is shown to %j', async (INTROSPECTION, expected) => {
  const gateway = await network.another({ INTROSPECTION });
  const seen: string[] = [];
  for (const who of ['nobody', 'somebody', 'integrator']) if (await isShown(gateway, who)) seen.push(who);
  expect(seen).toEqual(expected);
});

test('refused, it takes along what was asked beside it', async () => {
  const { url } = await network.another({ INTROSPECTION: 'closed' });
  const body = JSON.stringify({ query: '{ rule(id: "x") { id } __schema { types { name } } }' });
  const answer = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  });
  // __schema is not null by its type: what is around it goes with it.
  expect(await answer.json()).toMatchObject({ data: null, errors: [{ path: ['__schema'] }] });
});

test('the page of GraphiQL tells nothing of the schema, and can be left out', async () => {
  const page = await (await fetch(`${network.gateway.url}/graphiql`)).text();
  expect(page).not.toMatch(/\bimportJob\b|\bRenameInput\b/);
  const { url } = await network.another({ GRAPHIQL: 'off', CONSOLE: 'off' });
  for (const path of ['/graphiql', '/']) {
    expect((await fetch(`${url}${path}`, { redirect: 'manual' })).status).toBe(404);
  }
});

test('a rule that is none is refused at the start', async () => {
  await expect(network.another({ INTROSPECTION: 'sometimes' })).rejects.toThrow(/INTROSPECTION/);
});
