import type { GatewayMetrics } from '../metrics.ts';
import { SubgraphSource } from './subgraph-source.ts';

/** The subgraphs by name; throws, naming all of them, where an address is missing. */
export const createSubgraphs = (
  names: readonly string[],
  urls: Readonly<Record<string, string>>,
  metrics: GatewayMetrics,
): ReadonlyMap<string, SubgraphSource> => {
  const missing = names.filter((name) => urls[name] === undefined);
  if (missing.length > 0) throw new Error(`SUBGRAPH_URLS lacks: ${missing.join(', ')}`);
  return new Map(
    names.map((name) => [
      name,
      new SubgraphSource(name, urls[name] ?? '', (subgraph, seconds, outcome) =>
        metrics.subgraph.observe({ subgraph, outcome }, seconds),
      ),
    ]),
  );
};
