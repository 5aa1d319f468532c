import { serverAudits } from 'graphql-http';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { silentLog } from '#libs/platform/log/log.ts';
import { createMetrics } from '#libs/platform/metrics/metrics.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { buildGuardedSchema } from '#libs/platform/subgraph/schema.ts';
import { type Listening, listen } from '#libs/platform/subgraph/server.ts';
import { startNetwork, type TestNetwork } from './support/network.ts';

let network: TestNetwork;
let subgraph: Listening;
let authorization: string;

/** Somebody who may see the schema of a service. */
const operator: Actor = {
  subject: 'operator',
  name: '',
  level: 'MINISTRY',
  roles: new Set(['INFORMATION_CENTRE']),
  scopes: new Set(['operations:read']),
  assurance: 'ONE_FACTOR',
};

const startOne = (): Promise<Listening> => {
  const sdl = 'type Query { name: String }';
  const core = {
    config: { PORT: 0, HOST: '127.0.0.1' },
    log: silentLog,
    metrics: createMetrics('test'),
    clock: { now: () => '2026-09-02T09:00:00+08:00' },
    tokens: { actorFrom: async () => operator },
  } as unknown as ServiceCore;
  const parts = { resolvers: {}, contextOf: (base: object) => base as never, projections: [] };
  return listen(core, buildGuardedSchema(sdl, {}), parts, async () => true);
};

beforeAll(async () => {
  [network, subgraph] = await Promise.all([startNetwork(), startOne()]);
  authorization = await network.bearer();
});
afterAll(() => Promise.all([network.stop(), subgraph.close()]));

/** The audits of GraphQL over HTTP by how they ended. */
const audited = async (url: string): Promise<Record<string, string[]>> => {
  const audits = serverAudits({
    url,
    fetchFn: (address: string, init: RequestInit = {}) => {
      const own = { 'apollo-require-preflight': 'true', authorization };
      return fetch(address, { ...init, headers: { ...own, ...(init.headers as Record<string, string>) } });
    },
  });
  const results = await Promise.all(audits.map((audit) => audit.fn()));
  const by = Map.groupBy(results, ({ status }) => status);
  return Object.fromEntries([...by].map(([status, all]) => [status, all.map(({ name }) => name)]));
};

test('the gateway passes all 61 audits, with no warning', async () => {
  const { ok = [], ...others } = await audited(`${network.gateway.url}/graphql`);
  expect(others).toEqual({});
  expect(ok).toHaveLength(61);
});

test('a subgraph passes them too, and makes no use of the three permissions to take GET', async () => {
  const { ok = [], notice = [], ...others } = await audited(`${subgraph.url}/graphql`);
  expect(others).toEqual({});
  expect(ok).toHaveLength(58);
  expect(notice.filter((name) => !/^MAY .*\bGETs? /.test(name))).toEqual([]);
});

test.each([
  ['application/json', 200],
  ['application/json; charset=utf-8, text/plain', 200],
  ['application/graphql-response+json', 400],
  ['application/graphql-response+json, application/json;q=0.9', 400],
  ['*/*', 400],
])('a document that does not fit, where %s is accepted, is answered with %i', async (accept, status) => {
  const refused = await network.ask('{ nothing }', { headers: { accept } });
  expect([refused.status, refused.errors?.[0]?.extensions?.code]).toEqual([
    status,
    'GRAPHQL_VALIDATION_FAILED',
  ]);
});

test('what is no document at all, or asks for a token, keeps its status for everybody', async () => {
  const headers = { accept: 'application/json', 'content-type': 'application/json' };
  const broken = await network.send('/graphql', { method: 'POST', headers, body: '{' });
  const nobody = await network.ask('{ student(id: "1") { id } }', {
    headers: { accept: 'application/json' },
  });
  expect([broken.status, nobody.status]).toEqual([400, 401]);
});
