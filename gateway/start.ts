import { createTokens, type Tokens } from '#libs/platform/actor/tokens.ts';
import type { Bus } from '#libs/platform/bus/bus.ts';
import { connectNats } from '#libs/platform/bus/nats-bus.ts';
import type { Log } from '#libs/platform/log/log.ts';
import { createCaches } from './cache/caches.ts';
import type { GatewayConfig } from './config.ts';
import { readSafelist } from './documents/safelist.ts';
import { createFeeds, type EventBus } from './events/event-feeds.ts';
import { type Graph, loadGraph, readSupergraph } from './federation/graph.ts';
import { createFileServices } from './http/file-services.ts';
import { routesOf } from './http/routes.ts';
import { listen } from './http/server.ts';
import { createRateLimits } from './limits/rate-limits.ts';
import { type LiveTime, realTime } from './live/view.ts';
import { createGatewayMetrics } from './metrics.ts';
import { createCurrentGraph, type Replacement } from './serving/current-graph.ts';
import { serveGraph } from './serving/served-graph.ts';
import { followFile } from './serving/supergraph-file.ts';
import { variantOf } from './variants/variant.ts';

/** A gateway that listens. */
export type RunningGateway = {
  url: string;
  port: number;
  /** Serves another supergraph in place of the one that is served; none of the requests under way is lost. */
  replace(supergraph: string): Promise<Replacement>;
  /** Takes no more requests, breaks off streams and waits for what is in flight. */
  close(): Promise<void>;
};

/** What a runner may hand in instead of letting the gateway make it; a bus handed in is left open. */
export type GatewayOptions = {
  log: Log;
  bus?: Pick<Bus, 'onSignal' | 'board'> & EventBus;
  tokens?: Tokens;
  graph?: Graph;
  /** Makes a supergraph ready that takes the place of the first. */
  load?: (supergraph: string) => Promise<Graph>;
  time?: LiveTime;
  /** Serves the graph, and neither files nor pages of the registry. */
  only?: 'graph';
};

/**
 * Starts one gateway over the committed supergraph, or that of SUPERGRAPH_FILE, which it follows. Subgraphs may be down:
 * their fields answer SERVICE_UNAVAILABLE until they are up. Throws where SUBGRAPH_URLS lacks a subgraph.
 */
export const startGateway = async (
  config: GatewayConfig,
  options: GatewayOptions,
): Promise<RunningGateway> => {
  const { log, time = realTime } = options;
  const { load = (supergraph) => loadGraph(forAudience(config.AUDIENCE, supergraph), log) } = options;
  const first = options.graph ?? (await load(await readSupergraph(config.SUPERGRAPH_FILE)));
  const safelist = config.PERSISTED_QUERIES_FILE
    ? await readSafelist(config.PERSISTED_QUERIES_FILE)
    : new Map();
  const metrics = createGatewayMetrics();
  const tokens = options.tokens ?? tokensOf(config);
  const connected = options.bus
    ? { bus: options.bus, close: async () => undefined }
    : await connect(config, log);
  const { bus } = connected;
  const feeds = createFeeds({ bus, log });
  const rates = createRateLimits({ config, bus, metrics, log });
  const caches = createCaches({ config, bus, feeds, metrics });
  const surroundings = { config, safelist, tokens, rates, bus, feeds, caches, metrics, time, log };
  const current = await createCurrentGraph({
    ...{ first, load, metrics, log },
    serve: (graph) => serveGraph(graph, surroundings),
  });
  const unfollow = config.SUPERGRAPH_FILE
    ? followFile(config.SUPERGRAPH_FILE, (text) => void current.replace(text), log)
    : () => undefined;
  const services = options.only === 'graph' ? undefined : createFileServices(config);
  const server = await listen({
    host: config.HOST,
    port: config.PORT,
    publicUrl: config.PUBLIC_URL,
    routes: routesOf({ current, tokens, rates, config, services, metrics }),
    upgrade: (...request) => current.now().streams.upgrade(...request),
    grace: config.REQUEST_TIMEOUT_MS + 5_000,
    log,
  });
  let closed: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    unfollow();
    const streamsEnded = current.now().streams.close();
    await server.close();
    await streamsEnded;
    await current.close();
    await services?.close();
    await caches.stop();
    await Promise.all([feeds.stop(), rates.stop()]);
    await connected.close();
  };
  return {
    url: server.url,
    port: server.port,
    replace: (supergraph) => current.replace(supergraph),
    close: () => {
      closed ??= close();
      return closed;
    },
  };
};

const forAudience = (audience: GatewayConfig['AUDIENCE'], supergraph: string): string =>
  audience === 'everybody' ? supergraph : variantOf(supergraph, audience);

const tokensOf = (config: GatewayConfig): Tokens =>
  createTokens({ issuer: config.OIDC_ISSUER, audience: config.OIDC_AUDIENCE, jwksUrl: config.OIDC_JWKS_URL });

const connect = async (config: GatewayConfig, log: Log) => {
  const bus = await connectNats({
    url: config.NATS_URL,
    user: config.NATS_USER,
    password: config.NATS_PASSWORD,
    prefix: config.NATS_PREFIX,
    replicas: config.NATS_REPLICAS,
    name: 'gateway',
    log,
  });
  return { bus, close: () => bus.close() };
};
