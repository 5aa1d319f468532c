import type { Bus } from '#libs/platform/bus/bus.ts';
import { onTimeTold } from '#libs/platform/clock/shared-clock.ts';
import type { GatewayConfig } from '../config.ts';
import type { EventFeeds } from '../events/event-feeds.ts';
import { followProgress } from '../events/progress.ts';
import type { Graph } from '../federation/graph.ts';
import type { GatewayMetrics } from '../metrics.ts';
import { Admissions } from './admissions.ts';
import { holderOf } from './cacheable.ts';
import { accountChangedBy, changedBy } from './changes.ts';
import { type Freshness, keepFresh } from './freshness.ts';
import { createResponseCache, noCache, type ResponseCache } from './response-cache.ts';
import { Store } from './store.ts';

type Parts = {
  config: Pick<GatewayConfig, 'RESPONSE_CACHE' | 'RESPONSE_CACHE_BYTES' | 'REQUEST_TIMEOUT_MS'>;
  bus: Pick<Bus, 'onSignal'>;
  feeds: EventFeeds;
  metrics: GatewayMetrics;
};

/**
 * The response caches of one gateway, one for each graph that it serves. They have one room, follow the events of the services
 * once, and learn of each other's mutations.
 */
export type Caches = {
  /** The cache before a graph; where nothing may be kept, everything is run. */
  of(graph: Pick<Graph, 'schema' | 'caching'>): Promise<ResponseCache>;
  stop(): Promise<void>;
};

type Ground = { store: Store; admissions: Admissions; freshness: Freshness; stop(): Promise<void> };

/** Follows what happens to all that is ever kept. */
const startGround = async ({ config, bus, feeds, metrics }: Parts): Promise<Ground> => {
  const topics = Object.keys(changedBy);
  const admissions = new Admissions();
  const store = new Store({
    maxBytes: config.RESPONSE_CACHE_BYTES,
    measures: {
      dropped: (entries) => metrics.cacheDropped.inc(entries),
      flushed: () => metrics.cacheFlushed.inc(),
      refused: () => metrics.cacheRefused.inc(),
    },
  });
  metrics.watchCache(() => store.size);
  const progress = await followProgress(bus, [...new Set(topics.map(holderOf))]);
  const freshness = await keepFresh(topics, {
    ...{ store, feeds, progress },
    onEvent: (event) => {
      const account = accountChangedBy(event);
      if (account !== undefined) admissions.revoke(account);
    },
    onLost: () => admissions.clear(),
  });
  const stopClock = await onTimeTold(bus, () => store.flush());
  return {
    ...{ store, admissions, freshness },
    stop: async () => {
      freshness.stop();
      await Promise.all([stopClock(), progress.stop()]);
    },
  };
};

/** Nothing is followed before there is a graph of which something may be kept. */
export const createCaches = (parts: Parts): Caches => {
  const { config, metrics } = parts;
  let ground: Promise<Ground> | undefined;
  let graphs = 0;
  return {
    of: async ({ schema, caching }) => {
      if (config.RESPONSE_CACHE === 'off' || caching.fields.size === 0) return noCache;
      ground ??= startGround(parts);
      const { store, admissions, freshness } = await ground;
      graphs++;
      return createResponseCache({
        ...{ graph: graphs, schema, caching, store, freshness, admissions },
        timeout: config.REQUEST_TIMEOUT_MS,
        counted: (outcome) => metrics.cacheAnswers.inc({ outcome }),
      });
    },
    stop: async () => (await ground)?.stop(),
  };
};
