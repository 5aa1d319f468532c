import { ConfigError, readConfig } from '#libs/platform/config/config.ts';
import { GatewayConfig } from './config.ts';

const env = {
  SUBGRAPH_URLS: '{"organization":"http://127.0.0.1:4001/graphql"}',
  FILES_URL: 'http://127.0.0.1:4003',
  OIDC_ISSUER: 'http://127.0.0.1:4010',
  OIDC_JWKS_URL: 'http://127.0.0.1:4010/jwks',
  OIDC_AUDIENCE: 'xueji',
  NATS_URL: 'nats://127.0.0.1:4222',
};

test('what is not given has the standard value', () => {
  expect(readConfig(GatewayConfig, env)).toMatchObject({
    GATEWAY_EXECUTOR: 'compiled',
    PERSISTED_QUERIES: 'off',
    MAX_DEPTH: 14,
    MAX_NESTED_LISTS: 4,
    MAX_ALIASES: 30,
    MAX_DIRECTIVES: 50,
    MAX_DIRECTIVES_PER_FIELD: 5,
    MAX_TOKENS: 2_000,
    MAX_ROOT_FIELDS: 10,
    MAX_PAGE: 200,
    MAX_BODY_BYTES: 1_000_000,
    MAX_UPLOAD_BYTES: 210_000_000,
    REQUEST_TIMEOUT_MS: 15_000,
    SUBGRAPH_TIMEOUT_MS: 10_000,
    MAX_CALLS_PER_SUBGRAPH: 2_000,
    BREAKER_OPEN_MS: 5_000,
    RATE_PER_CALLER: 6_000,
    RATE_PER_UNIT: 60_000,
  });
});

test.each(['OIDC_ISSUER', 'OIDC_JWKS_URL', 'OIDC_AUDIENCE', 'SUBGRAPH_URLS', 'FILES_URL', 'NATS_URL'])(
  'without %s the gateway does not start, and says so',
  (name) => {
    expect(() => readConfig(GatewayConfig, { ...env, [name]: '' })).toThrow(new RegExp(`${name}: missing`));
  },
);

test.each([
  ['SUBGRAPH_URLS', '{"organization":'],
  ['SUBGRAPH_URLS', '{"organization":"nowhere"}'],
  ['GATEWAY_EXECUTOR', 'fast'],
  ['PERSISTED_QUERIES', 'sometimes'],
  ['MAX_DEPTH', '0'],
  ['RATE_PER_CALLER', '-1'],
  ['SUBGRAPH_TIMEOUTS_MS', '{"statistics":"long"}'],
])('a wrong %s is refused', (name, value) => {
  expect(() => readConfig(GatewayConfig, { ...env, [name]: value })).toThrow(ConfigError);
});
