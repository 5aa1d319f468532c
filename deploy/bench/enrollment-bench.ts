import { randomUUID } from 'node:crypto';
import { atLeast, type Bench, type BenchContext, below, type Measure } from '#deploy/bench/bench.ts';
import { firstGraders } from '#deploy/bench/first-graders.ts';
import { type GraphClient, openGraph } from '#deploy/bench/graph-client.ts';
import { usageOf } from '#deploy/bench/process-tree.ts';
import { type BenchRegistry, benchFolder, startRegistry } from '#deploy/bench/registry.ts';
import { medianOf, shareOf } from '#deploy/bench/samples.ts';
import { DEMO_SCHOOLS } from '#deploy/demo/identities.ts';
import { Failure } from '#deploy/local/failure.ts';

const county = '140105';
const school = DEMO_SCHOOLS.taiyuanPrimary;
const entryYear = 2026;
const usualScale = 2_000;
const pupilsOfCounty = 100_000;
const usualSeconds = 120;
/** Registrars at their counters at the same time. */
const counters = 48;
const warmUpSeconds = 5;
const worklistReads = 100;

const register = `mutation BenchRegister($input: RegisterStudentInput!) {
  registerStudent(input: $input) {
    enrollment { id version status student { id studentNumber } }
    findings { code outcome message }
  }
}`;

const worklist = `query BenchWorklist {
  enrollments(filter: { mine: true }, first: 50) {
    edges { node { id version status grade decisionDueOn school { id name } student { id name } } }
    pageInfo { hasNextPage endCursor }
  }
}`;

type Registered = {
  registerStudent: { enrollment: { id: string } | null; findings: { code: string }[] };
};

type Load = { done: number; seconds: number; latencies: number[] };

/** Every counter registers one child after another until the time is over; nobody but the registry keeps it waiting. */
const registerFor = async (
  graph: GraphClient,
  forms: Generator<Record<string, unknown>>,
  seconds: number,
  signal: AbortSignal,
): Promise<Load> => {
  const began = performance.now();
  const end = began + seconds * 1000;
  const latencies: number[] = [];
  const counter = async (): Promise<void> => {
    while (performance.now() < end) {
      signal.throwIfAborted();
      const form = forms.next().value;
      const sent = performance.now();
      const { registerStudent } = await graph.ask<Registered>(register, {
        input: { idempotencyKey: randomUUID(), school, form },
      });
      latencies.push(performance.now() - sent);
      if (registerStudent.enrollment === null) {
        throw new Failure(
          `A child was refused: ${registerStudent.findings.map(({ code }) => code).join(' ')}`,
        );
      }
    }
  };
  await Promise.all(Array.from({ length: counters }, counter));
  return { done: latencies.length, seconds: (performance.now() - began) / 1000, latencies };
};

const readWorklist = async (running: BenchRegistry): Promise<number[]> => {
  const graph = openGraph(running.as('xiaodian'), 1);
  try {
    const times: number[] = [];
    for (let read = 0; read < worklistReads; read++) {
      const sent = performance.now();
      const { enrollments } = await graph.ask<{ enrollments: { edges: unknown[] } }>(worklist, {});
      times.push(performance.now() - sent);
      if (enrollments.edges.length < 50) throw new Failure('The worklist of the county is not full.');
    }
    return times;
  } finally {
    await graph.close();
  }
};

/** A registry whose county is full: filled by one process, which ends, then started as it is measured. */
const startFull = async (
  { options, say, signal }: BenchContext,
  processes: boolean,
): Promise<BenchRegistry> => {
  const order = { folder: benchFolder('enrollment'), scale: options.scale ?? usualScale };
  const filling = await startRegistry({ ...order, fresh: true, processes: false }, signal);
  try {
    const began = performance.now();
    await filling.question('fill', { unit: county, pupils: pupilsOfCounty });
    say(`${pupilsOfCounty} pupils in the county after ${((performance.now() - began) / 1000).toFixed(0)} s`);
  } finally {
    await filling.stop();
  }
  return startRegistry({ ...order, fresh: false, processes }, signal);
};

const measure = async (
  running: BenchRegistry,
  graph: GraphClient,
  { options, say, signal }: BenchContext,
): Promise<Measure[]> => {
  const forms = firstGraders(county, entryYear);
  await registerFor(graph, forms, warmUpSeconds, signal);
  const used = { registry: usageOf(running.ready.pids), load: process.cpuUsage() };
  const load = await registerFor(graph, forms, options.seconds ?? usualSeconds, signal);
  const own = process.cpuUsage(used.load);
  const ownCpu = (own.user + own.system) / 1e6;
  const registryCpu = usageOf(running.ready.pids).cpuSeconds - used.registry.cpuSeconds;
  const { done, seconds, latencies } = load;
  say(
    `${done} children in ${seconds.toFixed(1)} s; half of them within ${medianOf(latencies).toFixed(0)} ms`,
  );
  say(
    `processor time: registry ${registryCpu.toFixed(1)} s, load ${ownCpu.toFixed(1)} s (${((100 * ownCpu) / (ownCpu + registryCpu)).toFixed(0)} %)`,
  );
  const reads = await readWorklist(running);
  say(
    `${worklistReads} reads of the first fifty of the county's worklist: median ${medianOf(reads).toFixed(1)} ms`,
  );
  return [
    atLeast('enrollment.registrations_per_s', done / seconds, '1/s', 300),
    below('enrollment.p99_ms', shareOf(latencies, 0.99), 'ms', 300),
    below('enrollment.county_worklist_ms', shareOf(reads, 0.95), 'ms', 50),
  ];
};

/** Children registered one by one at many counters, and the worklist of the county that decides on them. */
export const enrollmentBench: Bench = {
  name: 'enrollment',
  summary: 'single registrations through the graph for two minutes, and the worklist of a full county',
  run: async (context) => {
    const { processes } = context.options;
    context.say(
      `${processes ? 'one process for each service' : 'all services in one process'}, fsync on, ${counters} counters`,
    );
    const running = await startFull(context, processes);
    const graph = openGraph(running.as('registrar'), counters);
    try {
      return await measure(running, graph, context);
    } finally {
      await graph.close();
      await running.stop();
    }
  },
};
