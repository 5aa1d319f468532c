import type { Bus } from '#libs/platform/bus/bus.ts';
import { onTimeTold } from '#libs/platform/clock/shared-clock.ts';
import type { GatewayConfig } from '../config.ts';
import type { EventFeeds } from '../events/event-feeds.ts';
import { followProgress } from '../events/progress.ts';
import type { Graph } from '../federation/graph.ts';
import type { GatewayMetrics } from '../metrics.ts';
import { Admissions } from './admissions.ts';
import { holderOf } from './cacheable.ts';
import { accountChangedBy } from './changes.ts';
import { keepFresh } from './freshness.ts';
import { createResponseCache, noCache, type ResponseCache } from './response-cache.ts';
import { Store } from './store.ts';

type Parts = {
  config: GatewayConfig;
  graph: Graph;
  bus: Pick<Bus, 'onSignal'>;
  feeds: EventFeeds;
  metrics: GatewayMetrics;
};

/** A response cache that follows the events of the services, until it is stopped. */
export type RunningCache = ResponseCache & { stop(): Promise<void> };

const off: RunningCache = { ...noCache, stop: async () => undefined };

/** Starts the response cache of one gateway; where it is switched off, or the schema lets nothing be kept, everything is run. */
export const startCache = async (parts: Parts): Promise<RunningCache> => {
  const { config, graph, bus, feeds, metrics } = parts;
  const { caching, schema } = graph;
  if (config.RESPONSE_CACHE === 'off' || caching.fields.size === 0) return off;
  const topics = [...new Set([...caching.fields.values()].flatMap((field) => field.topics))];
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
  const cache = createResponseCache({
    ...{ schema, caching, store, freshness, admissions },
    timeout: config.REQUEST_TIMEOUT_MS,
    counted: (outcome) => metrics.cacheAnswers.inc({ outcome }),
  });
  return {
    ...cache,
    stop: async () => {
      freshness.stop();
      await Promise.all([stopClock(), progress.stop()]);
    },
  };
};
