import {
  atLeast,
  type Bench,
  type BenchContext,
  below,
  type Measure,
  noMoreThan,
} from '#deploy/bench/bench.ts';
import { type GraphClient, openGraph } from '#deploy/bench/graph-client.ts';
import { importFile, writeWorkbook } from '#deploy/bench/import-file.ts';
import { quantileOf } from '#deploy/bench/quantile.ts';
import { type BenchRegistry, benchFolder, startRegistry } from '#deploy/bench/registry.ts';
import { medianOf, shareOf } from '#deploy/bench/samples.ts';
import { Failure } from '#deploy/local/failure.ts';

const county = '140105';
const province = '140000';
const usualScale = 2_000;
const few = 100_000;
const many = 5_000_000;
const logged = 60_000;
const reads = 300;
const warmUp = 50;
const warmUpRows = 1_000;
const usualRows = 8_000;

/** What the ministry sees first: the nation by province, and by stage, grade and gender. */
const overview = `query BenchMinistry {
  provinces: enrollmentStatistics(by: [UNIT]) { total rows { keys { value label } count display } }
  structure: enrollmentStatistics(by: [STAGE, GRADE, GENDER]) { total rows { keys { value label } count } }
}`;

/** How long the ministry's overview takes, one after another, milliseconds, and whom it counts. */
const readOverview = async (graph: GraphClient): Promise<{ times: number[]; total: number }> => {
  const times: number[] = [];
  let total = 0;
  for (let read = 0; read < warmUp + reads; read++) {
    const sent = performance.now();
    const { provinces } = await graph.ask<{ provinces: { total: number } }>(overview, {});
    if (read >= warmUp) times.push(performance.now() - sent);
    total = provinces.total;
  }
  return { times, total };
};

/** A school's workbook through the graph, and how late statistics count its pupils. */
const measureLag = async (
  running: BenchRegistry,
  { options, say, signal }: BenchContext,
): Promise<Measure[]> => {
  const folder = benchFolder('statistics');
  const warm = await writeWorkbook(folder, warmUpRows, 2);
  const file = await writeWorkbook(folder, options.rows ?? usualRows);
  await importFile(running, warm, signal);
  const { seconds, registered, lag } = await importFile(running, file, signal);
  say(
    `${registered} registrations by workbook in ${seconds.toFixed(1)} s; lag of ${lag.at(-1)?.events ?? 0} events`,
  );
  return [
    atLeast('statistics.registrations_per_s', registered / seconds, '1/s', 300),
    below('statistics.lag_p99_ms', quantileOf(lag, 0.99) * 1000, 'ms', 1000),
  ];
};

const measureEvents = async (running: BenchRegistry, say: BenchContext['say']): Promise<Measure> => {
  await running.question('fill', { unit: province, pupils: logged });
  const { events, seconds } = await running.question('refillStock', { unit: county });
  say(`the stock took ${events} events of enrollment from the log in ${seconds.toFixed(1)} s`);
  return atLeast('statistics.events_per_s', events / seconds, '1/s', 5_000);
};

const measureOverview = async (
  running: BenchRegistry,
  largest: number,
  say: BenchContext['say'],
): Promise<Measure[]> => {
  const graph = openGraph(running.as('ministry'), 1);
  const timesOf = async (pupils: number): Promise<number[]> => {
    const { loaded, counted } = await running.question('fillStock', { pupils });
    const { times, total } = await readOverview(graph);
    say(
      `${total} pupils (loaded by COPY in ${loaded.toFixed(0)} s, counted anew in ${counted.toFixed(0)} s): ` +
        `the ministry's overview takes ${medianOf(times).toFixed(1)} ms, p99 ${shareOf(times, 0.99).toFixed(1)} ms`,
    );
    return times;
  };
  try {
    const small = await timesOf(few);
    const large = await timesOf(largest);
    return [
      noMoreThan('statistics.overview_ratio', medianOf(large) / medianOf(small), '', 1.3),
      below('statistics.overview_p99_ms', shareOf(large, 0.99), 'ms', 50),
    ];
  } finally {
    await graph.close();
  }
};

/** Dashboards at two sizes of the nation, events into the counts, and how late they are counted. */
export const statisticsBench: Bench = {
  name: 'statistics',
  summary:
    'the ministry’s overview at 100,000 and 5,000,000 pupils, events a second into the counts, their lag',
  run: async (context) => {
    const { options, say, signal } = context;
    if (options.processes)
      throw new Failure('statistics fills the registry from inside: leave out --processes.');
    say('all services in one process, fsync on, no answer from the cache');
    const order = { folder: benchFolder('statistics'), fresh: true, scale: usualScale, processes: false };
    const running = await startRegistry(order, signal);
    try {
      const lag = await measureLag(running, context);
      const events = await measureEvents(running, say);
      return [...(await measureOverview(running, options.scale ?? many, say)), events, ...lag];
    } finally {
      await running.stop();
    }
  },
};
