import { subgraphNames } from '#gateway/compose.ts';
import { GatewayConfig } from '#gateway/config.ts';
import { readSupergraph } from '#gateway/federation/graph.ts';
import { type RunningGateway, startGateway } from '#gateway/start.ts';
import { silentLog } from '#libs/platform/log/log.ts';
import { createLocalBus } from './support/local-bus.ts';
import { createSigner } from './support/signer.ts';

let gateway: RunningGateway;

beforeAll(async () => {
  const names = subgraphNames(await readSupergraph());
  const nowhere = 'http://127.0.0.1:9';
  const config = GatewayConfig.parse({
    ...{ PORT: '0', AUDIENCE: 'guardian', INTROSPECTION: 'open', FILES_URL: nowhere, NATS_URL: nowhere },
    ...{ OIDC_ISSUER: nowhere, OIDC_JWKS_URL: nowhere, OIDC_AUDIENCE: 'xueji' },
    SUBGRAPH_URLS: JSON.stringify(Object.fromEntries(names.map((name) => [name, `${nowhere}/graphql`]))),
  });
  const { tokens } = await createSigner();
  gateway = await startGateway(config, { log: silentLog, bus: createLocalBus(), tokens });
});
afterAll(() => gateway.close());

const ask = async (query: string) => {
  const answer = await fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  return { status: answer.status, text: await answer.text() };
};

test('a gateway for guardians shows what they have, and nothing of what registrars do', async () => {
  const { text } = await ask('{ __schema { mutationType { fields { name } } types { name } } }');
  expect(text).toContain('"applyForTransfer"');
  expect(text).not.toMatch(/registerStudent|RegisterStudentInput|ImportJobConnection/);
});

test('and answers nothing else: what is not of the variant is not there', async () => {
  const refused = await ask('mutation { registerStudent(input: {}) { findings { ruleId } } }');
  expect([refused.status, refused.text]).toEqual([400, expect.stringContaining('GRAPHQL_VALIDATION_FAILED')]);
  expect((await ask('{ student(id: "1") { id } }')).status).toBe(401);
});
