/**
 * The whole registry as one process with a data folder of its own, for a benchmark that started it:
 *
 *     node deploy/bench/registry-process.ts <folder> [arguments of npm start]
 *
 * Answers the message `lag` with the event lag of the stock of statistics, and `{ fill: { county, pupils } }` when the
 * county has so many pupils more and statistics has counted them.
 */
import type { NetworkOptions, StartNetwork } from '#deploy/local/network-contract.ts';
import { runUntilStopped } from '#deploy/local/run.ts';
import { parseStartOptions } from '#deploy/local/start-options.ts';
import { localPaths } from '#deploy/local/state.ts';
import { caughtUp } from '#deploy/network/caught-up.ts';
import type { RunningService } from '#libs/platform/service/start.ts';

/** Number of events that took effect within each bound (seconds), bounds rising; the last has no bound. */
export type LagBuckets = { within: number; events: number }[];

export type FillOrder = { fill: { county: string; pupils: number } };

const [folder, ...args] = process.argv.slice(2);
if (folder === undefined) throw new Error('a folder is needed');
let running: readonly RunningService[] = [];

const loadNetwork = async (): Promise<StartNetwork> => {
  const { startNetwork } = await import('#deploy/local/network.ts');
  return (options: NetworkOptions) =>
    startNetwork({
      ...options,
      onServices: (services) => {
        running = services;
      },
    });
};

const lagOfStock = async (): Promise<LagBuckets> => {
  const statistics = running.find(({ name }) => name === 'statistics');
  const { values } = (await statistics?.core.metrics.eventLag.get()) ?? { values: [] };
  const buckets = new Map<number, number>();
  for (const { metricName, labels, value } of values) {
    if (metricName?.endsWith('_bucket') !== true || labels.consumer !== 'stock') continue;
    const { le } = labels as { le?: number | string };
    const bound = le === '+Inf' ? Number.POSITIVE_INFINITY : Number(le);
    buckets.set(bound, (buckets.get(bound) ?? 0) + value);
  }
  return [...buckets].sort(([a], [b]) => a - b).map(([within, events]) => ({ within, events }));
};

const fill = async ({ county, pupils }: FillOrder['fill']): Promise<void> => {
  const { fillCounty } = await import('#deploy/bench/fill-county.ts');
  const enrollment = running.find(({ name }) => name === 'enrollment');
  if (enrollment === undefined) throw new Error('enrollment does not run');
  await fillCounty(enrollment.core, county, pupils);
  await caughtUp(running, () => undefined, new AbortController().signal);
};

process.on('message', (message: 'lag' | FillOrder) => {
  if (message === 'lag') void lagOfStock().then((buckets) => process.send?.(buckets));
  else void fill(message.fill).then(() => process.send?.('filled'));
});
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
process.exit(await runUntilStopped(parseStartOptions(args), loadNetwork, localPaths(folder)));
