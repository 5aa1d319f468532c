import { GatewayConfig } from '#gateway/config.ts';
import { loadGraph } from '#gateway/federation/graph.ts';
import { type RunningGateway, startGateway } from '#gateway/start.ts';
import { readConfig } from '#libs/platform/config/config.ts';
import { AppError } from '#libs/platform/errors/errors.ts';
import type { Log } from '#libs/platform/log/log.ts';

/** Any supergraph of Federation 2, and where and for whom it is served. */
export type Serving = {
  supergraph: string;
  /** Where it came from: followed, so that another in its place is served in its place. */
  file?: string;
  port: number;
  host?: string;
  /** False: everybody may read everything, and tokens go on to the subgraphs unread. */
  auth: boolean;
  /** Variables of the gateway; those of OIDC are asked for where tokens are checked. */
  env: Readonly<Record<string, string | undefined>>;
  log: Log;
};

/** Addresses of what is not there: nothing is ever sent to them. */
const nowhere = (name: string): string => `http://${name}.invalid`;

const refuse = async (): Promise<never> => {
  throw new AppError('SERVICE_UNAVAILABLE', '此处不提供订阅。 Subscriptions are not served here.');
};
/** In place of NATS: nothing is heard of, and who asks is told so. */
const noBus = { onSignal: refuse, onEvents: refuse, onHead: refuse, request: refuse };

const unread = { actorFrom: async () => null };

/**
 * Serves a supergraph alone, without files, NATS or anything of the registry. Its subgraphs are at the addresses that it gives,
 * unless SUBGRAPH_URLS has others. Throws a ConfigError where variables are missing or wrong.
 */
export const serveSupergraph = async (serving: Serving): Promise<RunningGateway> => {
  const { supergraph, file, port, host = '127.0.0.1', auth, env, log } = serving;
  const nobody = nowhere('nobody');
  const config = readConfig(GatewayConfig, {
    ...(auth
      ? {}
      : { OIDC_ISSUER: nobody, OIDC_JWKS_URL: nobody, OIDC_AUDIENCE: 'nobody', INTROSPECTION: 'open' }),
    PUBLIC_URL: `http://${host}:${port}`,
    // The console asks the registry's graph: it is there for who asks for it.
    CONSOLE: 'off',
    ...env,
    PORT: String(port),
    HOST: host,
    SUBGRAPH_URLS: env.SUBGRAPH_URLS || '{}',
    SUPERGRAPH_FILE: file,
    FILES_URL: nowhere('files'),
    NATS_URL: nowhere('nats'),
  });
  const load = (text: string) => loadGraph(text, log, { isGuarded: auth });
  return startGateway(config, {
    log,
    graph: await load(supergraph),
    load,
    bus: noBus,
    only: 'graph',
    ...(auth ? {} : { tokens: unread }),
  });
};
