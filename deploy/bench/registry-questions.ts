import { fillRange } from '#deploy/bench/fill-range.ts';
import { enterGraduates, issueAll, letGraduate } from '#deploy/bench/issue-pupils.ts';
import { markRows, type RowMark, rowsWrittenSince, samplePupils } from '#deploy/bench/pupil-rows.ts';
import { fillStock, refillStock } from '#deploy/bench/stock-rows.ts';
import { type ClockCount, countClocks, fillTickets, startManyClocks } from '#deploy/bench/ticket-rows.ts';
import { enterPupils, type PupilToMove } from '#deploy/bench/transfer-pupils.ts';
import { coreOf } from '#deploy/demo/load-nation.ts';
import { caughtUp } from '#deploy/network/caught-up.ts';
import { tellTime } from '#libs/platform/clock/shared-clock.ts';
import type { RunningService } from '#libs/platform/service/start.ts';

/** Number of events that took effect within each bound (seconds), bounds rising; the last has no bound. */
export type LagBuckets = { within: number; events: number }[];

/** What a benchmark asks of the registry that it started. */
export const answersOf = (services: readonly RunningService[]) => ({
  /** The lag of events in the stock of statistics, since the start. */
  lag: (): Promise<LagBuckets> => lagOfStock(services),
  /** Brings the pupils of statistics to so many, by COPY, and makes the counts anew; seconds of either. */
  fillStock: ({ pupils }: { pupils: number }) => fillStock(coreOf(services, 'statistics'), pupils),
  /** Empties the stock of statistics, which its inbox fills again from the log of enrollment. */
  refillStock: ({ unit }: { unit: string }) => refillStock(services, unit),
  /** Gives a unit so many pupils more, until statistics has counted them. */
  fill: async ({ unit, pupils }: { unit: string; pupils: number }): Promise<void> => {
    await fillRange(coreOf(services, 'enrollment'), unit, pupils);
    await caughtUp(services, () => undefined, new AbortController().signal);
  },
  /** Enters pupils of a county who may move to another school. */
  enterPupils: async ({ unit, pupils }: { unit: string; pupils: number }): Promise<PupilToMove[]> => {
    const cores = { identity: coreOf(services, 'identity'), enrollment: coreOf(services, 'enrollment') };
    const entered = await enterPupils(cores, unit, pupils);
    await caughtUp(services, () => undefined, new AbortController().signal);
    return entered;
  },
  /** Enters pupils of a county who have graduated, and whose outcome was reviewed. */
  enterGraduates: async ({ unit, pupils }: { unit: string; pupils: number }): Promise<void> => {
    const cores = { identity: coreOf(services, 'identity'), enrollment: coreOf(services, 'enrollment') };
    const persons = await enterGraduates(cores, unit, pupils);
    await caughtUp(services, () => undefined, new AbortController().signal);
    await letGraduate(coreOf(services, 'certificate'), unit, persons);
  },
  /** Issues what waits, by one order; how long it took, in seconds. */
  issueAll: async ({ unit }: { unit: string }) => {
    const began = performance.now();
    const { issued, skipped } = await issueAll(coreOf(services, 'certificate'), unit);
    return { seconds: (performance.now() - began) / 1000, issued, skipped };
  },
  /** Moves the clock, until every service knows. */
  moveTo: async ({ instant }: { instant: string }): Promise<void> => {
    const at = Date.parse(instant);
    for (;;) {
      tellTime(coreOf(services, 'enrollment').bus, instant);
      if (services.every(({ core }) => Date.parse(core.clock.now()) >= at)) return;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  },
  /** Puts so many tickets of two years into the register of complaints. */
  fillTickets: ({ tickets }: { tickets: number }): Promise<void> =>
    fillTickets(coreOf(services, 'complaint-ticket'), tickets),
  /** Files complaints whose days end within a minute. */
  startClocks: ({ clocks, from }: { clocks: number; from: string }): Promise<void> =>
    startManyClocks(coreOf(services, 'complaint-ticket'), clocks, from),
  clockCount: (): Promise<ClockCount> => countClocks(coreOf(services, 'complaint-ticket')),
  sample: ({ pupils }: { pupils: number }) => samplePupils(coreOf(services, 'enrollment'), pupils),
  mark: (): Promise<RowMark> => markRows(services),
  written: ({ since }: { since: RowMark }): Promise<number> => rowsWrittenSince(services, since),
});

export type Answers = ReturnType<typeof answersOf>;
export type Question = { ask: keyof Answers; about: unknown };

const lagOfStock = async (services: readonly RunningService[]): Promise<LagBuckets> => {
  const { values } = await coreOf(services, 'statistics').metrics.eventLag.get();
  const buckets = new Map<number, number>();
  for (const { metricName, labels, value } of values) {
    if (metricName?.endsWith('_bucket') !== true || labels.consumer !== 'stock') continue;
    const { le } = labels as { le?: number | string };
    const bound = le === '+Inf' ? Number.POSITIVE_INFINITY : Number(le);
    buckets.set(bound, (buckets.get(bound) ?? 0) + value);
  }
  return [...buckets].sort(([a], [b]) => a - b).map(([within, events]) => ({ within, events }));
};
