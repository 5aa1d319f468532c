import { randomUUID } from 'node:crypto';
import {
  atLeast,
  type Bench,
  type BenchContext,
  below,
  type Measure,
  noMoreThan,
} from '#deploy/bench/bench.ts';
import { firstGraders } from '#deploy/bench/first-graders.ts';
import { type GraphClient, openGraph } from '#deploy/bench/graph-client.ts';
import { between, quantileOf } from '#deploy/bench/quantile.ts';
import { type BenchRegistry, benchFolder, startRegistry } from '#deploy/bench/registry.ts';
import { medianOf, shareOf } from '#deploy/bench/samples.ts';
import { DEMO_SCHOOLS } from '#deploy/demo/identities.ts';
import { Failure } from '#deploy/local/failure.ts';

const county = '140105';
const province = '140000';
const school = DEMO_SCHOOLS.taiyuanPrimary;
const entryYear = 2026;
const usualScale = 2_000;
const few = 100_000;
const many = 5_000_000;
const logged = 60_000;
const reads = 300;
const warmUp = 50;
const registrationsPerSecond = 300;
const usualSeconds = 20;
const counters = 48;

/** What the ministry sees first: the nation by province, and by stage, grade and gender. */
const overview = `query BenchMinistry {
  provinces: enrollmentStatistics(by: [UNIT]) { total rows { keys { value label } count display } }
  structure: enrollmentStatistics(by: [STAGE, GRADE, GENDER]) { total rows { keys { value label } count } }
}`;
const register = `mutation BenchRegister($input: RegisterStudentInput!) {
  registerStudent(input: $input) { enrollment { id } findings { code } }
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

/** Registers children at an even rate through the graph, whatever the answers take; how many were registered a second. */
const registerEvenly = async (graph: GraphClient, seconds: number, signal: AbortSignal): Promise<number> => {
  const forms = firstGraders(county, entryYear);
  const began = performance.now();
  let started = 0;
  const counter = async (): Promise<void> => {
    while (started < registrationsPerSecond * seconds) {
      signal.throwIfAborted();
      const wait = began + (started++ * 1000) / registrationsPerSecond - performance.now();
      const form = forms.next().value;
      if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
      const { registerStudent } = await graph.ask<{ registerStudent: { enrollment: unknown } }>(register, {
        input: { idempotencyKey: randomUUID(), school, form },
      });
      if (registerStudent.enrollment === null) throw new Failure('A child was refused.');
    }
  };
  await Promise.all(Array.from({ length: counters }, counter));
  return started / ((performance.now() - began) / 1000);
};

const measureLag = async (
  running: BenchRegistry,
  { options, say, signal }: BenchContext,
): Promise<Measure> => {
  const graph = openGraph(running.as('registrar'), counters);
  try {
    const before = await running.question('lag');
    const rate = await registerEvenly(graph, options.seconds ?? usualSeconds, signal);
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    const lag = between(before, await running.question('lag'));
    say(`${rate.toFixed(0)} registrations/s through the graph; lag of ${lag.at(-1)?.events ?? 0} events`);
    return below('statistics.lag_p99_ms', quantileOf(lag, 0.99) * 1000, 'ms', 1000);
  } finally {
    await graph.close();
  }
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
      return [...(await measureOverview(running, options.scale ?? many, say)), events, lag];
    } finally {
      await running.stop();
    }
  },
};
