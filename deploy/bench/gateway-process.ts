import { openSync, writeSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ApolloGateway, RemoteGraphQLDataSource } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { createLocalJWKSet, type JSONWebKeySet } from 'jose';
import { Pool } from 'undici';
import { type HiveKind, startHive } from '#deploy/bench/gateway-hive.ts';
import { stillBus } from '#deploy/bench/gateway-still-bus.ts';
import { anyRate } from '#deploy/network/front.ts';
import { withoutSecurityPurpose } from '#gateway/compose.ts';
import { GatewayConfig } from '#gateway/config.ts';
import { readSupergraph } from '#gateway/federation/graph.ts';
import { startGateway } from '#gateway/start.ts';
import { createTokens, type Tokens } from '#libs/platform/actor/tokens.ts';
import { createLog, silentLog } from '#libs/platform/log/log.ts';

/** Which gateway the process is, where its subgraphs are, and whose tokens it takes. */
export type GatewayOrder = {
  kind: 'ours' | 'kept' | 'stock' | 'bare' | HiveKind;
  subgraphs: string;
  services: string[];
  keys: JSONWebKeySet;
  issuer: string;
  audience: string;
};

const urlsOf = ({ subgraphs, services }: GatewayOrder): Record<string, string> =>
  Object.fromEntries(services.map((name) => [name, `${subgraphs}/${name}/graphql`]));

/** The whole gateway with authentication, limits, metrics and an access log that is written; `kept`: with its cache. */
const startOurs = async (order: GatewayOrder, tokens: Tokens): Promise<number> => {
  const config = GatewayConfig.parse({
    ...process.env,
    ...anyRate,
    RESPONSE_CACHE: order.kind === 'kept' ? 'on' : 'off',
    PORT: '0',
    SUBGRAPH_URLS: JSON.stringify(urlsOf(order)),
    FILES_URL: order.subgraphs,
    OIDC_ISSUER: order.issuer,
    OIDC_JWKS_URL: `${order.issuer}/jwks`,
    OIDC_AUDIENCE: order.audience,
    NATS_URL: 'nats://127.0.0.1:9',
  });
  const sink = openSync('/dev/null', 'a');
  const destination = { write: (line: string) => void writeSync(sink, line) };
  const log = createLog({ service: 'gateway', level: 'info', destination });
  const bus = stillBus(order.services);
  return (await startGateway(config, { log, tokens, bus })).port;
};

/** Apollo Server and Apollo Gateway as their guides set them up, with the same check of tokens. */
const startStock = async (order: GatewayOrder, tokens: Tokens): Promise<number> => {
  process.env.APOLLO_TELEMETRY_DISABLED = '1';
  type Context = { authorization?: string | undefined };
  const urls = urlsOf(order);
  const gateway = new ApolloGateway({
    supergraphSdl: withoutSecurityPurpose(await readSupergraph()),
    logger: silentLog,
    buildService: ({ name }) =>
      new RemoteGraphQLDataSource<Context>({
        url: urls[name] ?? '',
        willSendRequest: ({ request, context }) => {
          if (context.authorization) request.http?.headers.set('authorization', context.authorization);
        },
      }),
  });
  const server = new ApolloServer<Context>({ gateway, nodeEnv: 'production', logger: silentLog });
  const { url } = await startStandaloneServer(server, {
    listen: { port: 0, host: '127.0.0.1' },
    context: async ({ req }) => {
      const { authorization } = req.headers;
      if ((await tokens.actorFrom(authorization)) === null) throw new Error('nobody is signed in');
      return { authorization };
    },
  });
  return Number(new URL(url).port);
};

/** The least that a gateway can be: checks the token, passes the body on, and passes the one answer back. */
const startBare = async ({ subgraphs }: GatewayOrder, tokens: Tokens): Promise<number> => {
  const pool = new Pool(subgraphs, { connections: 64 });
  const headers = { 'content-type': 'application/json' };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.once('end', () => {
      void (async () => {
        await tokens.actorFrom(request.headers.authorization);
        const { body } = await pool.request({
          path: '/whole',
          method: 'POST',
          headers,
          body: Buffer.concat(chunks),
        });
        response.setHeader('content-type', 'application/json');
        response.end(await body.text());
      })();
    });
  });
  server.keepAliveTimeout = 65_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
};

const hive = (order: GatewayOrder, tokens: Tokens): Promise<number> =>
  startHive(order.kind as HiveKind, urlsOf(order), tokens);

const starts = {
  ours: startOurs,
  kept: startOurs,
  stock: startStock,
  bare: startBare,
  hive,
  'hive-rust': hive,
};

process.once('disconnect', () => process.exit(0));
process.once('message', (order: GatewayOrder) => {
  void (async () => {
    const { issuer, audience, keys } = order;
    const tokens = createTokens({
      issuer,
      audience,
      jwksUrl: `${issuer}/jwks`,
      keys: createLocalJWKSet(keys),
    });
    const port = await starts[order.kind](order, tokens);
    process.on('message', () => {
      const { user, system } = process.cpuUsage();
      process.send?.({ cpuMicros: user + system });
    });
    process.send?.({ port });
  })();
});
