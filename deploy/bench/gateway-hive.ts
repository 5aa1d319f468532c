import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readSupergraph } from '#gateway/federation/graph.ts';
import type { Tokens } from '#libs/platform/actor/tokens.ts';

/** Both of Hive's ways to plan: its own in JavaScript, and that of Hive Router in Rust. */
export const hiveKinds = ['hive', 'hive-rust'] as const;
export type HiveKind = (typeof hiveKinds)[number];

const packages = [
  '@graphql-hive/gateway-runtime',
  '@graphql-hive/router-runtime',
  '@graphql-mesh/transport-http',
];

/** False where it was not installed, as where only what runs in production was. */
export const isHiveInstalled = (): boolean => {
  try {
    return packages.every((name) => import.meta.resolve(name) !== '');
  } catch {
    return false;
  }
};

/** Hive Gateway as its guide sets it up, with the same check of tokens. */
export const startHive = async (
  kind: HiveKind,
  urls: Readonly<Record<string, string>>,
  tokens: Tokens,
): Promise<number> => {
  const { createGatewayRuntime } = await import('@graphql-hive/gateway-runtime');
  const { unifiedGraphHandler } = await import('@graphql-hive/router-runtime');
  const supergraph = Object.entries(urls).reduce(
    (text, [name, url]) => text.replace(`http://${name}.invalid/graphql`, url),
    await readSupergraph(),
  );
  const runtime = createGatewayRuntime({
    supergraph,
    logging: false,
    landingPage: false,
    graphiql: false,
    ...(kind === 'hive-rust' ? { unifiedGraphHandler } : {}),
    propagateHeaders: {
      fromClientToSubgraphs: ({ request }) => ({ authorization: request.headers.get('authorization') }),
    },
    plugins: () => [
      {
        onRequest: async ({ request }: { request: Request }) => {
          const { pathname } = new URL(request.url);
          if (pathname !== '/graphql') return;
          const actor = await tokens.actorFrom(request.headers.get('authorization') ?? undefined);
          if (actor === null) throw new Error('nobody is signed in');
        },
      },
    ],
  });
  const server = createServer(runtime);
  server.keepAliveTimeout = 65_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
};
