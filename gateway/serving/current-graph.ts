import type { Log } from '#libs/platform/log/log.ts';
import { withoutSecurityPurpose } from '../compose.ts';
import type { Graph } from '../federation/graph.ts';
import type { GatewayMetrics } from '../metrics.ts';
import type { ServedGraph } from './served-graph.ts';

/** What became of a supergraph that was to be served: it is, it was already, or the one before stays. */
export type Replacement = 'served' | 'unchanged' | 'refused';

/** The supergraph that is served just now, and how another takes its place. */
export type CurrentGraph = {
  now(): ServedGraph;
  /**
   * Serves another supergraph from the moment when it is ready. Requests under way are answered by the one before. One
   * that cannot be loaded is refused, in the log and the metrics, and changes nothing. Does not throw.
   */
  replace(supergraph: string): Promise<Replacement>;
  close(): Promise<void>;
};

type Parts = {
  first: Graph;
  load(supergraph: string): Promise<Graph>;
  serve(graph: Graph): Promise<ServedGraph>;
  metrics: Pick<GatewayMetrics, 'supergraphs'>;
  log: Log;
};

export const createCurrentGraph = async ({
  first,
  load,
  serve,
  metrics,
  log,
}: Parts): Promise<CurrentGraph> => {
  let current = { text: first.supergraph, served: await serve(first) };
  let last: Promise<unknown> = Promise.resolve();
  const leaving = new Set<Promise<void>>();

  const leave = (served: ServedGraph): void => {
    const closing = served
      .close()
      .catch((error: unknown) => log.error({ error }, 'a supergraph that is no longer served did not close'))
      .finally(() => leaving.delete(closing));
    leaving.add(closing);
  };

  const replace = async (given: string): Promise<Replacement> => {
    try {
      const text = withoutSecurityPurpose(given);
      if (text === current.text) return 'unchanged';
      const graph = await load(given);
      const before = current.served;
      current = { text, served: await serve(graph) };
      leave(before);
      log.info('another supergraph is served');
      return 'served';
    } catch (error) {
      log.error({ error }, 'a supergraph cannot be served; the one before stays');
      return 'refused';
    }
  };

  /** One after the other: of several the last stays. */
  const inTurn = (text: string): Promise<Replacement> => {
    const turn = last.then(() => replace(text));
    last = turn;
    return turn.then((outcome) => {
      metrics.supergraphs.inc({ outcome });
      return outcome;
    });
  };

  return {
    now: () => current.served,
    replace: inTurn,
    close: async () => {
      await last;
      leave(current.served);
      await Promise.all(leaving);
    },
  };
};
