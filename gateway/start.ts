import { createTokens, type Tokens } from '#libs/platform/actor/tokens.ts';
import type { Bus } from '#libs/platform/bus/bus.ts';
import { connectNats } from '#libs/platform/bus/nats-bus.ts';
import { limitRule } from '#libs/platform/limits/limits.ts';
import type { Log } from '#libs/platform/log/log.ts';
import { createApollo } from './apollo.ts';
import { withIntrospection } from './authorization/introspection.ts';
import { startCache } from './cache/start-cache.ts';
import type { GatewayConfig } from './config.ts';
import { createCostLimit } from './cost/cost-limit.ts';
import { createAdmission } from './documents/admission.ts';
import { prepareDocuments } from './documents/prepare.ts';
import { readSafelist } from './documents/safelist.ts';
import { createFeeds, type EventBus } from './events/event-feeds.ts';
import { type Graph, loadGraph, readSupergraph } from './federation/graph.ts';
import { GuardedGateway } from './federation/guarded-gateway.ts';
import { createSubgraphs } from './federation/subgraphs.ts';
import { createFileServices } from './http/file-services.ts';
import { createReadiness } from './http/probes.ts';
import { routesOf } from './http/routes.ts';
import { listen } from './http/server.ts';
import { limitsOf } from './limits/limits.ts';
import { createRateLimits } from './limits/rate-limits.ts';
import { createStreams } from './live/streams.ts';
import { type LiveTime, realTime } from './live/view.ts';
import { createGatewayMetrics } from './metrics.ts';
import { createMasking } from './operation/masking.ts';
import { createOperations } from './operation/operations.ts';
import { createRecord, type Record } from './operation/record.ts';

/** `close` takes no more requests, breaks off streams and waits for what is in flight. */
export type RunningGateway = { url: string; port: number; close(): Promise<void> };

/** What a runner may hand in instead of letting the gateway make it; a bus handed in is left open. */
export type GatewayOptions = {
  log: Log;
  bus?: Pick<Bus, 'onSignal' | 'board'> & EventBus;
  tokens?: Tokens;
  graph?: Graph;
  time?: LiveTime;
  /** Serves the graph, and neither files nor pages of the registry. */
  only?: 'graph';
};

/**
 * Starts one gateway over the committed supergraph. Subgraphs may be down: their fields answer
 * SERVICE_UNAVAILABLE until they are up. Throws where SUBGRAPH_URLS lacks a subgraph.
 */
export const startGateway = async (
  config: GatewayConfig,
  options: GatewayOptions,
): Promise<RunningGateway> => {
  const { log } = options;
  const loaded = options.graph ?? (await loadGraph(await readSupergraph(), log));
  const root = loaded.schema.getQueryType()?.name ?? '';
  const graph = { ...loaded, guards: withIntrospection(loaded.guards, root, config.INTROSPECTION) };
  const safelist = config.PERSISTED_QUERIES_FILE
    ? await readSafelist(config.PERSISTED_QUERIES_FILE)
    : new Map();
  const metrics = createGatewayMetrics();
  const subgraphs = createSubgraphs(graph.names, config, metrics, log);
  const gateway = new GuardedGateway(graph, subgraphs, config.GATEWAY_EXECUTOR);
  const connected = options.bus
    ? { bus: options.bus, close: async () => undefined }
    : await connect(config, log);
  const feeds = createFeeds({ bus: connected.bus, log });
  const cache = await startCache({ config, graph, bus: connected.bus, feeds, metrics });
  const { schema, guards, weights } = graph;
  const masking = createMasking(log);
  const toLog = createRecord(log, metrics);
  const record: Record = (answered) => {
    cache.ran(answered.operation);
    toLog(answered);
  };
  const operations = createOperations({
    ...{ schema, gateway, cache, masking, record, log },
    admission: createAdmission(config, schema, guards, safelist, metrics),
    costLimit: createCostLimit(config, schema, weights, metrics),
  });
  const apollo = createApollo({
    ...{ config, gateway, operations, masking, record, safelist, metrics, log },
  });
  await apollo.start();
  const rules = [limitRule(limitsOf(config))];
  const prepared = await prepareDocuments(
    graph,
    safelist,
    {
      rules,
      maxTokens: config.MAX_TOKENS,
      remember: (id, text, document) => operations.known.remember(id, text, document),
    },
    log,
  );
  if (prepared.operations > 0) {
    log.info({ operations: prepared.operations }, 'known operations are planned and compiled');
  }
  const tokens = options.tokens ?? tokensOf(config);
  const rates = createRateLimits({ config, bus: connected.bus, metrics, log });
  const streams = createStreams({
    apollo,
    schema,
    rules,
    tokens,
    rates,
    bus: connected.bus,
    feeds,
    safelist,
    metrics,
    config,
    time: options.time ?? realTime,
  });
  const services = options.only === 'graph' ? undefined : createFileServices(config);
  const isReady = createReadiness(subgraphs, log);
  const server = await listen({
    host: config.HOST,
    port: config.PORT,
    publicUrl: config.PUBLIC_URL,
    routes: routesOf({ apollo, operations, tokens, rates, config, services, streams, metrics, isReady }),
    upgrade: streams.upgrade,
    grace: config.REQUEST_TIMEOUT_MS + 5_000,
    log,
  });
  let closed: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    const ended = streams.close();
    await server.close();
    await ended;
    await apollo.stop();
    await Promise.all([services?.close(), ...[...subgraphs.values()].map((subgraph) => subgraph.close())]);
    await cache.stop();
    await Promise.all([feeds.stop(), rates.stop()]);
    await connected.close();
  };
  return {
    url: server.url,
    port: server.port,
    close: () => {
      closed ??= close();
      return closed;
    },
  };
};

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
