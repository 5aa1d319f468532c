import { readFileSync } from 'node:fs';
import type { MikroORM } from '@mikro-orm/postgresql';
import { type Standing, standingOf } from '#libs/contracts/commands/standing.ts';
import type { Bus, Stop } from '../bus/bus.ts';
import type { Clock } from '../clock/clock.ts';
import { answerTo } from '../commands/internal.ts';
import { query } from '../database/query.ts';
import { asWorker } from '../database/scope.ts';
import { type Consuming, consumerLags, ownEvents } from '../events/watch.ts';
import type { Log } from '../log/log.ts';
import type { LagWatch } from '../metrics/inbox-gauges.ts';
import { describe } from '../service/loop.ts';
import { type ClockRows, countClocks } from './clock-counts.ts';
import { createReadCounts } from './read-counts.ts';
import { followRebuilds } from './running-rebuilds.ts';
import { sparing } from './sparing.ts';

export type StandingOptions = {
  service: string;
  worker: MikroORM;
  bus: Bus;
  clock: Clock;
  log: Log;
  inboxes: readonly Consuming[];
  lag: Pick<LagWatch, 'waiting'>;
  clocks: readonly ClockRows[];
};

/** An answer is good for so many milliseconds, however many operators look. */
const goodFor = 1_000;

const { version } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

/** What waits behind events that could not be applied, without saying of whom they tell. */
const parkedByReason = (orm: MikroORM): Promise<Standing['parked']> =>
  asWorker(orm, async (tx) => {
    const rows = await query<{ consumer: string; source: string; reason: string } & Record<string, string>>(
      tx,
      `select consumer, source, reason, count(*) as events, count(distinct aggregate_id) as aggregates,
              min(seq) as first
       from inbox_parked group by consumer, source, reason order by consumer, source, min(seq)`,
    );
    return rows.map(({ consumer, source, reason, events, aggregates, first }) => ({
      ...{ consumer, source, reason, events: Number(events) },
      ...{ aggregates: Number(aggregates), firstSeq: Number(first) },
    }));
  });

/** Answers how the service stands for as long as it runs. */
export const serveStanding = async (options: StandingOptions): Promise<Stop> => {
  const { service, worker, bus, clock, log, inboxes, lag, clocks } = options;
  const since = new Date(performance.timeOrigin).toISOString();
  const rebuilds = await followRebuilds(service, bus);
  const reads = sparing(createReadCounts(worker, clock.now), []);
  const due = sparing(() => countClocks(worker, clocks, clock.today()), []);
  const counted = async () => {
    const [found, read] = await Promise.all([due(), reads()]);
    return { clocks: found, reads: read };
  };
  const look = async (): Promise<Standing> => ({
    ...{ version, since, rebuilds: rebuilds.now() },
    own: await ownEvents(worker),
    consumers: (await consumerLags(worker, inboxes)).map((each) => ({ ...each, waiting: lag.waiting(each) })),
    parked: await parkedByReason(worker),
    ...(await counted()),
  });
  let last: { at: number; standing: Promise<Standing> } | undefined;
  const stop = await answerTo(bus, standingOf(service), () => {
    if (last === undefined || performance.now() - last.at > goodFor) {
      last = { at: performance.now(), standing: look() };
      last.standing.catch((error: unknown) => {
        last = undefined;
        log.error({ error: describe(error) }, 'standing could not be told');
      });
    }
    return last.standing;
  });
  return async () => void (await Promise.all([stop(), rebuilds.stop()]));
};
