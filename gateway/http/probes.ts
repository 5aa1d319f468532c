import type { Log } from '#libs/platform/log/log.ts';

type Reachable = { isReachable(timeout: number): Promise<boolean> };

const patience = 2_000;
const remembered = 1_000;

/**
 * Tells whether any subgraph answers; asks them at most once a second, however often it is asked. Without one of them the
 * rest of the graph is still answered, by every gateway alike: only one that reaches none is better left out.
 */
export const createReadiness = (
  subgraphs: ReadonlyMap<string, Reachable>,
  log: Log,
): (() => Promise<boolean>) => {
  let known: { until: number; ready: Promise<boolean> } | undefined;
  const ask = async (): Promise<boolean> => {
    const answers = await Promise.all(
      [...subgraphs].map(async ([name, subgraph]) => ({
        name,
        reachable: await subgraph.isReachable(patience),
      })),
    );
    const missing = answers.filter(({ reachable }) => !reachable).map(({ name }) => name);
    if (missing.length > 0) log.warn({ missing }, 'subgraphs do not answer');
    return missing.length < answers.length;
  };
  return () => {
    if (!known || known.until < performance.now())
      known = { until: performance.now() + remembered, ready: ask() };
    return known.ready;
  };
};
