import type { ApolloServer } from '@apollo/server';
import type { Tokens } from '#libs/platform/actor/tokens.ts';
import type { Bus } from '#libs/platform/bus/bus.ts';
import { limitRule } from '#libs/platform/limits/limits.ts';
import type { Log } from '#libs/platform/log/log.ts';
import { createApollo } from '../apollo.ts';
import { withIntrospection } from '../authorization/introspection.ts';
import type { Caches } from '../cache/caches.ts';
import type { GatewayConfig } from '../config.ts';
import type { GatewayContext } from '../context.ts';
import { createCostLimit } from '../cost/cost-limit.ts';
import { createAdmission } from '../documents/admission.ts';
import { prepareDocuments } from '../documents/prepare.ts';
import type { Safelist } from '../documents/safelist.ts';
import { wholeAnswers } from '../documents/whole-answers.ts';
import type { EventFeeds } from '../events/event-feeds.ts';
import type { Graph } from '../federation/graph.ts';
import { GuardedGateway } from '../federation/guarded-gateway.ts';
import { createSubgraphs } from '../federation/subgraphs.ts';
import { createReadiness } from '../http/probes.ts';
import { limitsOf } from '../limits/limits.ts';
import type { RateLimits } from '../limits/rate-limits.ts';
import { createStreams, type Streams } from '../live/streams.ts';
import type { LiveTime } from '../live/view.ts';
import type { GatewayMetrics } from '../metrics.ts';
import { createMasking } from '../operation/masking.ts';
import { createOperations, type Operations } from '../operation/operations.ts';
import { createRecord, type Record } from '../operation/record.ts';
import { UnderWay } from './under-way.ts';

/** What a gateway has whichever supergraph it serves. */
export type Surroundings = {
  config: GatewayConfig;
  safelist: Safelist;
  tokens: Tokens;
  rates: RateLimits;
  bus: Pick<Bus, 'onSignal'>;
  feeds: EventFeeds;
  caches: Pick<Caches, 'of'>;
  metrics: GatewayMetrics;
  time: LiveTime;
  log: Log;
};

/** One supergraph as it is served: everything that follows from it, with what is under way on it. */
export type ServedGraph = {
  readonly apollo: ApolloServer<GatewayContext>;
  readonly operations: Operations;
  readonly streams: Streams;
  isReady(): Promise<boolean>;
  /** Does the work, before whose end the graph is not closed. */
  during<T>(work: () => Promise<T>): Promise<T>;
  /** Breaks off its streams, of which clients come back, and ends when all that is under way has its answer. */
  close(): Promise<void>;
};

/** Makes a supergraph ready to be served, with the known documents planned. Throws where an address of a subgraph is missing. */
export const serveGraph = async (loaded: Graph, surroundings: Surroundings): Promise<ServedGraph> => {
  const { config, safelist, tokens, rates, bus, feeds, caches, metrics, time, log } = surroundings;
  const root = loaded.schema.getQueryType()?.name ?? '';
  const graph = { ...loaded, guards: withIntrospection(loaded.guards, root, config.INTROSPECTION) };
  const { schema, guards, weights } = graph;
  const urls = { ...graph.urls, ...config.SUBGRAPH_URLS };
  const subgraphs = createSubgraphs(graph.names, { ...config, SUBGRAPH_URLS: urls }, metrics, log);
  const gateway = new GuardedGateway(graph, subgraphs, config.GATEWAY_EXECUTOR);
  const cache = await caches.of(graph);
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
  const rules = [wholeAnswers, limitRule(limitsOf(config))];
  const apollo = createApollo({
    ...{ config, gateway, operations, masking, record, rules, safelist, metrics, log },
  });
  await apollo.start();
  const { operations: prepared } = await prepareDocuments(
    graph,
    safelist,
    {
      rules,
      maxTokens: config.MAX_TOKENS,
      remember: (id, text, document) => operations.known.remember(id, text, document),
    },
    log,
  );
  if (prepared > 0) log.info({ operations: prepared }, 'known operations are planned and compiled');
  const streams = createStreams({
    ...{ apollo, schema, rules, tokens, rates, bus, feeds, safelist, metrics, config, time },
  });
  const underWay = new UnderWay();
  return {
    ...{ apollo, operations, streams },
    isReady: createReadiness(subgraphs, log),
    during: (work) => underWay.during(work),
    close: async () => {
      await Promise.all([streams.close(), underWay.ended()]);
      await apollo.stop();
      await Promise.all([...subgraphs.values()].map((subgraph) => subgraph.close()));
    },
  };
};
