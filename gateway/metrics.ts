import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

import { createLiveMetrics } from './live/metrics.ts';

/** So many documents are counted under their own id; the rest is counted together. */
const mostDocuments = 300;

const seconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15];

/** How full a cache is. */
type CacheSize = () => { entries: number; bytes: number };

/** What the gateway counts, in a registry of its own. */
export const createGatewayMetrics = () => {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const documents = new Set<string>();
  let cacheSize: CacheSize = () => ({ entries: 0, bytes: 0 });
  const readOfCache = (name: string, help: string, part: 'entries' | 'bytes') =>
    new Gauge({
      ...{ name, help, registers },
      collect() {
        this.set(cacheSize()[part]);
      },
    });
  readOfCache('gateway_cache_entries', 'Answers that are kept.', 'entries');
  readOfCache('gateway_cache_bytes', 'Bytes that they take.', 'bytes');
  const operations = new Counter({
    name: 'gateway_operations_total',
    help: 'Operations by document (start of its id), kind and code of the answer.',
    labelNames: ['document', 'operation', 'code'],
    registers,
  });
  return {
    registry,
    duration: new Histogram({
      name: 'gateway_operation_seconds',
      help: 'Time from the parsed request to the answer.',
      labelNames: ['operation'],
      buckets: seconds,
      registers,
    }),
    subgraph: new Histogram({
      name: 'gateway_subgraph_seconds',
      help: 'Time of one call to a subgraph.',
      labelNames: ['subgraph', 'outcome'],
      buckets: seconds,
      registers,
    }),
    retries: new Counter({
      name: 'gateway_retries_total',
      help: 'Reads that got no answer and were sent again, or were not because the budget was used up.',
      labelNames: ['subgraph', 'outcome'],
      registers,
    }),
    callsRefused: new Counter({
      name: 'gateway_calls_refused_total',
      help: 'Calls that were not sent: the breaker was open, or too many were under way.',
      labelNames: ['subgraph', 'reason'],
      registers,
    }),
    callsUnderWay: new Gauge({
      name: 'gateway_calls',
      help: 'Calls under way to a subgraph.',
      labelNames: ['subgraph'],
      registers,
    }),
    breaker: new Gauge({
      name: 'gateway_breaker',
      help: 'Whether calls to a subgraph are refused: 0 no, 1 yes, 0.5 one call is finding out.',
      labelNames: ['subgraph'],
      registers,
    }),
    cost: new Histogram({
      name: 'gateway_operation_cost',
      help: 'Estimated cost of operations, before they run.',
      labelNames: ['operation'],
      buckets: [1, 10, 100, 500, 1_000, 5_000, 10_000, 50_000, 100_000],
      registers,
    }),
    rateLimited: new Counter({
      name: 'gateway_rate_limited_total',
      help: 'Requests beyond what a caller, an address without a token or a unit may ask.',
      labelNames: ['kind'],
      registers,
    }),
    rateShared: new Gauge({
      name: 'gateway_rate_shared',
      help: 'Whether rates are counted together with the other gateways.',
      registers,
    }),
    unlisted: new Counter({
      name: 'gateway_unlisted_documents_total',
      help: 'Operations whose document is not in the safelist.',
      registers,
    }),
    supergraphs: new Counter({
      name: 'gateway_supergraphs_total',
      help: 'Supergraphs that were to take the place of the one that is served, by what became of them.',
      labelNames: ['outcome'],
      registers,
    }),
    parsed: new Counter({
      name: 'gateway_documents_parsed_total',
      help: 'Documents that were not known and had to be parsed.',
      registers,
    }),
    cacheAnswers: new Counter({
      name: 'gateway_cache_answers_total',
      help: 'Answers that were kept (hit), shared with one under way (joined), fetched to be kept (miss), or not to be kept.',
      labelNames: ['outcome'],
      registers,
    }),
    cacheRefused: new Counter({
      name: 'gateway_cache_refused_total',
      help: 'Answers that were not kept: too large, or something changed while they were fetched.',
      registers,
    }),
    cacheDropped: new Counter({
      name: 'gateway_cache_dropped_total',
      help: 'Kept answers that were dropped because of a change.',
      registers,
    }),
    cacheFlushed: new Counter({
      name: 'gateway_cache_flushes_total',
      help: 'How often all kept answers were dropped because changes may have been missed.',
      registers,
    }),
    /** From now on whoever looks is told how full this cache is. */
    watchCache: (sizeOf: CacheSize): void => {
      cacheSize = sizeOf;
    },
    streams: new Gauge({
      name: 'gateway_streams',
      help: 'Live streams that are open.',
      labelNames: ['transport'],
      registers,
    }),
    live: createLiveMetrics(registers),
    /** Counts one answered operation. */
    count: (id: string, operation: string, code: string): void => {
      if (documents.size < mostDocuments) documents.add(id);
      operations.inc({ document: documents.has(id) ? id.slice(0, 12) : 'other', operation, code });
    },
  };
};

export type GatewayMetrics = ReturnType<typeof createGatewayMetrics>;
