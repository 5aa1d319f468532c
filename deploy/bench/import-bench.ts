import { atLeast, type Bench, below } from '#deploy/bench/bench.ts';
import { importFile, writeWorkbook } from '#deploy/bench/import-file.ts';
import { quantileOf } from '#deploy/bench/quantile.ts';
import { benchFolder, startRegistry } from '#deploy/bench/registry.ts';
import { Failure } from '#deploy/local/failure.ts';

const usualRows = 5_000;
const usualScale = 2_000;

/** A school's workbook through the graph, until statistics counts every pupil of it. */
export const importBench: Bench = {
  name: 'import',
  summary: 'a workbook of first-graders through the graph: row, number, registration, statistics',
  run: async ({ options, say, signal }) => {
    const folder = benchFolder('import');
    const rows = options.rows ?? usualRows;
    const scale = options.scale ?? usualScale;
    const file = await writeWorkbook(folder, rows);
    if (options.processes)
      throw new Failure('import measures the lag inside one process: leave out --processes.');
    say(`all services in one process, fsync on, ${rows} rows into a registry of ${scale} pupils`);
    const running = await startRegistry({ folder, fresh: true, scale, processes: false }, signal);
    try {
      const { seconds, registered, bad, lag, registryCpu, loadCpu } = await importFile(running, file, signal);
      const share = (100 * loadCpu) / (loadCpu + registryCpu);
      say(`${registered} pupils registered and counted in ${seconds.toFixed(1)} s, ${bad} rows refused`);
      say(
        `processor time: registry ${registryCpu.toFixed(1)} s, load ${loadCpu.toFixed(1)} s (${share.toFixed(0)} %)`,
      );
      say(
        `lag of ${lag.at(-1)?.events ?? 0} events in the stock, by the service's histogram xueji_event_lag_seconds`,
      );
      return [
        atLeast('import.students_per_s', registered / seconds, '1/s', 500),
        below('import.event_lag_p99_ms', quantileOf(lag, 0.99) * 1000, 'ms', 1000),
      ];
    } finally {
      await running.stop();
    }
  },
};
