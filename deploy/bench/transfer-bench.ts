import { atLeast, type Bench, type BenchContext, below, type Measure } from '#deploy/bench/bench.ts';
import { usageOf } from '#deploy/bench/process-tree.ts';
import { type BenchRegistry, benchFolder, startRegistry } from '#deploy/bench/registry.ts';
import { medianOf, shareOf } from '#deploy/bench/samples.ts';
import { carry, type Office, visibleAfter, type Way } from '#deploy/bench/transfer-case.ts';
import { openDesks } from '#deploy/bench/transfer-desks.ts';
import type { PupilToMove } from '#deploy/bench/transfer-pupils.ts';
import { Failure } from '#deploy/local/failure.ts';
import { localPaths } from '#deploy/local/state.ts';

const sourceAuthority = '140105';
const targetAuthority = '140106';
const targets = ['2114000004', '2114000005', '2114000006'] as const;
/** The first days of a term, in which transfers are accepted; the clock stands there. */
const startsAt = '2026-09-02T09:00:00+08:00';
/** The places of the schools that receive last for some five hundred cases. */
const usualSeconds = 40;
const warmUpSeconds = 10;
/** Cases that are worked on at the same time. */
const together = 8;
/** Every so many cases somebody waits for the pupil at the new school. */
const lookedAt = 5;
/** More than any machine gets through. */
const mostPerSecond = 80;

type Load = { done: number; seconds: number; lags: number[] };

/** Everybody carries one case after another until the time is over. */
const carryFor = async (
  office: Office,
  pupils: PupilToMove[],
  seconds: number,
  signal: AbortSignal,
): Promise<Load> => {
  const began = performance.now();
  const end = began + seconds * 1000;
  const watched: Promise<number>[] = [];
  let done = 0;
  const worker = async (nth: number): Promise<void> => {
    while (performance.now() < end) {
      signal.throwIfAborted();
      const pupil = pupils.pop();
      const target = targets[nth % targets.length];
      if (pupil === undefined || target === undefined) throw new Failure('There are no pupils left to move.');
      const way: Way = { target, source: pupil.school, sourceAuthority, targetAuthority };
      await carry(office, pupil, way, startsAt.slice(0, 10));
      done++;
      if (done % lookedAt !== 0) continue;
      watched.push(visibleAfter(office, pupil, way, signal));
    }
  };
  await Promise.all(Array.from({ length: together }, (_, nth) => worker(nth)));
  const took = (performance.now() - began) / 1000;
  return { done, seconds: took, lags: await Promise.all(watched) };
};

/** A registry with pupils who may move: filled by one process, which ends, then started as it is measured. */
const startFilled = async (
  { options, say, signal }: BenchContext,
  folder: string,
): Promise<{ running: BenchRegistry; pupils: PupilToMove[] }> => {
  const order = { folder, scale: 0, startsAt };
  const filling = await startRegistry({ ...order, fresh: true, processes: false }, signal);
  const wanted = Math.round(((options.seconds ?? usualSeconds) + warmUpSeconds) * mostPerSecond);
  try {
    const began = performance.now();
    const pupils = await filling.question('enterPupils', { unit: sourceAuthority, pupils: wanted });
    say(`${pupils.length} pupils entered in ${((performance.now() - began) / 1000).toFixed(0)} s`);
    if (!options.processes) return { running: filling, pupils };
    await filling.stop();
    return {
      running: await startRegistry({ ...order, fresh: false, processes: true }, signal),
      pupils,
    };
  } catch (error) {
    await filling.stop();
    throw error;
  }
};

const measure = async (
  { ready }: BenchRegistry,
  office: Office,
  pupils: PupilToMove[],
  { options, say, signal }: BenchContext,
): Promise<Measure[]> => {
  await carryFor(office, pupils, warmUpSeconds, signal);
  const used = { registry: usageOf(ready.pids), load: process.cpuUsage() };
  const { done, seconds, lags } = await carryFor(office, pupils, options.seconds ?? usualSeconds, signal);
  const own = process.cpuUsage(used.load);
  const ownCpu = (own.user + own.system) / 1e6;
  const registryCpu = usageOf(ready.pids).cpuSeconds - used.registry.cpuSeconds;
  say(
    `${done} cases in ${seconds.toFixed(1)} s, ${lags.length} of them looked at; half of these seen at the new school`,
  );
  say(`within ${medianOf(lags).toFixed(0)} ms of the last approval`);
  say(
    `processor time: registry ${registryCpu.toFixed(1)} s (${((1000 * registryCpu) / done).toFixed(0)} ms a case), load ${ownCpu.toFixed(1)} s`,
  );
  return [
    atLeast('transfer.cases_per_s', done / seconds, '1/s', 20),
    below('transfer.visible_lag_p99_ms', shareOf(lags, 0.99), 'ms', 1000),
  ];
};

/** Whole transfers between two districts, from the papers to the pupil at the new school. */
export const transferBench: Bench = {
  name: 'transfer',
  summary: 'whole transfers within a province through the graph, and how soon the new school sees its pupil',
  run: async (context) => {
    const { processes } = context.options;
    context.say(
      `${processes ? 'one process for each service' : 'all services in one process'}, fsync on, ${together} cases at a time`,
    );
    const folder = benchFolder('transfer');
    const { running, pupils } = await startFilled(context, folder);
    const { graphUrl } = running.ready;
    const desks = await openDesks(localPaths(folder).dir, graphUrl, together);
    try {
      return await measure(running, { desks, origin: new URL(graphUrl).origin }, pupils, context);
    } finally {
      await desks.close();
      await running.stop();
    }
  },
};
