import { setTimeout as delay } from 'node:timers/promises';
import { type Bench, type Measure, noMoreThan } from '#deploy/bench/bench.ts';
import { openGraph } from '#deploy/bench/graph-client.ts';
import { type BenchRegistry, benchFolder, startRegistry } from '#deploy/bench/registry.ts';
import { medianOf, shareOf } from '#deploy/bench/samples.ts';
import { Failure } from '#deploy/local/failure.ts';

const usualTickets = 1_000_000;
const clocks = 100_000;
const asked = 200;
const startsAt = '2026-09-10T15:00:00+08:00';
/** Before the days of the clocks end, and when they begin and finish to end, one after another. */
const before = '2026-09-10T23:59:59+08:00';
const from = '2026-09-11T00:00:00+08:00';
/** Steps of the clock through that minute, seconds. */
const step = 5;
/** Between two counts of what has been done: a count is work of its own. */
const look = 10_000;
const longest = 10 * 60_000;

const worklist = `query BenchWorklist {
  tickets(filter: { mine: true, overdue: true }, first: 50) {
    edges { node { id kind state dueOn overdue openedAt } } pageInfo { hasNextPage endCursor } } }`;

type Page = { tickets: { edges: { node: { overdue: boolean } }[] } };

const worklistTimes = async (running: BenchRegistry): Promise<number[]> => {
  const graph = openGraph(running.as('xiaodian'), 1);
  try {
    const times: number[] = [];
    for (let at = 0; at < asked; at++) {
      const sent = performance.now();
      const { tickets } = await graph.ask<Page>(worklist, {});
      times.push(performance.now() - sent);
      if (tickets.edges.length === 0) throw new Failure('The list of what is overdue is empty.');
    }
    return times;
  } finally {
    await graph.close();
  }
};

/** Lives through the minute in which the days end, and until nothing more is to be done about them. */
const liveThrough = async (running: BenchRegistry, signal: AbortSignal) => {
  await running.question('startClocks', { clocks, from });
  await running.question('moveTo', { instant: before });
  await delay(3_000, undefined, { signal });
  const { fired: ahead } = await running.question('clockCount');
  const began = performance.now();
  for (let second = 0; second <= 60; second += step)
    await running.question('moveTo', { instant: new Date(Date.parse(from) + second * 1000).toISOString() });
  for (;;) {
    const count = await running.question('clockCount');
    const seconds = (performance.now() - began) / 1000;
    if (count.escalated >= clocks || performance.now() - began > longest) return { ahead, count, seconds };
    await delay(look, undefined, { signal });
  }
};

const measure = async (
  running: BenchRegistry,
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<Measure[]> => {
  await worklistTimes(running);
  const times = await worklistTimes(running);
  say(`worklist: median ${medianOf(times).toFixed(1)} ms of ${asked} reads, one after another`);
  const { ahead, count, seconds } = await liveThrough(running, signal);
  say(
    `${count.fired} days ended within a minute of the clock; the last was dealt with after ${seconds.toFixed(0)} s`,
  );
  return [
    noMoreThan('tickets.worklist_ms', shareOf(times, 0.99), 'ms', 50),
    noMoreThan('tickets.clocks_missed', clocks - count.escalated, 'clocks', 0),
    noMoreThan('tickets.clocks_early', ahead + count.early, 'clocks', 0),
    noMoreThan('tickets.escalated_again', count.again, 'tickets', 0),
  ];
};

/** A handler's overdue list among a million tickets, and a hundred thousand due days that end within a minute. */
export const ticketsBench: Bench = {
  name: 'tickets',
  summary: 'a list of what is overdue among a million tickets, and 100,000 due days that end within a minute',
  run: async ({ options, say, signal }) => {
    if (options.processes)
      throw new Failure('tickets fills the registry from inside: leave out --processes.');
    const tickets = options.rows ?? usualTickets;
    say(`all services in one process, fsync on, ${tickets} tickets of two years`);
    const order = { folder: benchFolder('tickets'), fresh: true, scale: 0, processes: false, startsAt };
    const running = await startRegistry(order, signal);
    try {
      const began = performance.now();
      await running.question('fillTickets', { tickets });
      say(`filled in ${((performance.now() - began) / 1000).toFixed(0)} s`);
      return await measure(running, say, signal);
    } finally {
      await running.stop();
    }
  },
};
