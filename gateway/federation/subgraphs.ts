import type { Log } from '#libs/platform/log/log.ts';
import type { GatewayConfig } from '../config.ts';
import type { GatewayMetrics } from '../metrics.ts';
import { CallFailed } from './call-failed.ts';
import type { CallSettings, Watch } from './calls.ts';
import { SubgraphSource } from './subgraph-source.ts';

type Settings = Pick<
  GatewayConfig,
  | 'SUBGRAPH_URLS'
  | 'SUBGRAPH_TIMEOUT_MS'
  | 'SUBGRAPH_TIMEOUTS_MS'
  | 'MAX_CALLS_PER_SUBGRAPH'
  | 'BREAKER_OPEN_MS'
>;

/**
 * The subgraphs by name; throws, naming all of them, where an address is missing. What the metrics say of breakers is
 * said of these from now on: they take the place of those before.
 */
export const createSubgraphs = (
  names: readonly string[],
  config: Settings,
  metrics: GatewayMetrics,
  log: Log,
): ReadonlyMap<string, SubgraphSource> => {
  const urls = config.SUBGRAPH_URLS;
  const missing = names.filter((name) => urls[name] === undefined);
  if (missing.length > 0) throw new Error(`SUBGRAPH_URLS lacks: ${missing.join(', ')}`);
  const times = config.SUBGRAPH_TIMEOUTS_MS;
  const strange = Object.keys(times).filter((name) => !names.includes(name));
  if (strange.length > 0) log.warn({ strange }, 'SUBGRAPH_TIMEOUTS_MS names what is no subgraph');
  metrics.breaker.reset();
  const settingsOf = (name: string): CallSettings => ({
    most: config.MAX_CALLS_PER_SUBGRAPH,
    time: times[name] ?? config.SUBGRAPH_TIMEOUT_MS,
    openFor: config.BREAKER_OPEN_MS,
  });
  return new Map(
    names.map((name) => [
      name,
      new SubgraphSource(urls[name] ?? '', settingsOf(name), watch(name, metrics, log)),
    ]),
  );
};

const openness = { closed: 0, 'half-open': 0.5, open: 1 };

const watch = (subgraph: string, metrics: GatewayMetrics, log: Log): Watch => {
  metrics.breaker.set({ subgraph }, openness.closed);
  let why: string | undefined;
  return {
    answered: (outcome, seconds, failure) => {
      metrics.subgraph.observe({ subgraph, outcome }, seconds);
      if (outcome !== 'unavailable') return;
      why = failure instanceof CallFailed ? failure.message : 'unknown';
      log.debug({ subgraph, why }, 'a call to a subgraph failed');
    },
    refused: (reason) => metrics.callsRefused.inc({ subgraph, reason }),
    retried: (outcome) => metrics.retries.inc({ subgraph, outcome }),
    underWay: (change) => metrics.callsUnderWay.inc({ subgraph }, change),
    breaker: (state) => {
      metrics.breaker.set({ subgraph }, openness[state]);
      if (state === 'open') log.warn({ subgraph, why }, 'calls to a failing subgraph are refused');
      if (state === 'closed') log.info({ subgraph }, 'a subgraph answers again');
    },
  };
};
