import { type Bench, below } from '#deploy/bench/bench.ts';
import { usageOf } from '#deploy/bench/process-tree.ts';
import { benchFolder, startRegistry } from '#deploy/bench/registry.ts';

const usualScale = 20_000;

/** How long `npm start` takes with packages installed: from nothing, and on the data of an earlier start. */
export const startBench: Bench = {
  name: 'start',
  summary: 'npm start from nothing and on kept data, and the memory of all its processes',
  run: async ({ options, say, signal }) => {
    const scale = options.scale ?? usualScale;
    const order = { folder: benchFolder('start'), scale, processes: options.processes };
    say(
      `${options.processes ? 'a process for each service' : 'all services in one process'}, fsync on, ${scale} pupils`,
    );
    const cold = await startRegistry({ ...order, fresh: true }, signal);
    await cold.stop();
    say(`from nothing: ${cold.startedIn.toFixed(1)} s`);
    const warm = await startRegistry({ ...order, fresh: false }, signal);
    try {
      const { pssMb, processes } = usageOf(warm.ready.pids);
      say(`on kept data: ${warm.startedIn.toFixed(1)} s; ${Math.round(pssMb)} MB in ${processes} processes`);
      return [
        below('start.cold_s', cold.startedIn, 's', 60),
        below('start.warm_s', warm.startedIn, 's', 8),
        below('start.pss_mb', pssMb, 'MB', 700),
      ];
    } finally {
      await warm.stop();
    }
  },
};
