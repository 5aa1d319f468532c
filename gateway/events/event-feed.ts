import type { Bus, Stop } from '#libs/platform/bus/bus.ts';
import { orLeave } from '#libs/platform/bus/wire.ts';
import { createArrivals } from '#libs/platform/events/arrivals.ts';
import { fetchHead, fetchLog, type LogPage } from '#libs/platform/events/fetch-log.ts';
import type { Logged, LogHead } from '#libs/platform/events/log.ts';
import type { Log } from '#libs/platform/log/log.ts';
import { until } from '#libs/platform/service/loop.ts';
import { createHistory } from './history.ts';

/** Who follows the events of a source. None of its functions may throw. */
export type Follower = {
  /** The next events, each once and in the order of their numbers; the place of the feed is behind them already. */
  take(entries: readonly Logged[]): void;
  /** Events were passed over, or it is not known which came before: whatever rests on them has to be looked up anew. */
  lost(): void;
  /** The flow was interrupted: events came later than usual, none was passed over, and now they are all handed out. */
  interrupted?(): void;
};

/** The events of one source within this process, from its stream and, where that lacks any, from its log. */
export type EventFeed = {
  /** How far in the source's log everything was handed out; undefined until the source was reached once. */
  place(): LogHead | undefined;
  follow(follower: Follower): () => void;
  /** Waits, but not long, for the place to be known. */
  ready(): Promise<LogHead | undefined>;
  /** Reads what is needed to count from a place on, as far as it is to be had. */
  reach(after: LogHead): Promise<void>;
  /** How many events of a topic came after a place, up to the feed's own; undefined where that is not known. */
  countSince(topic: string, after: LogHead): number | undefined;
  stop(): Promise<void>;
};

export type FeedOptions = {
  source: string;
  bus: Pick<Bus, 'onEvents' | 'onHead' | 'request'>;
  log: Log;
  /** A head that stays ahead this long makes the feed read the log (milliseconds). */
  healAfter?: number;
  /** So many events back it is known what they were about; what was missed beyond is passed over. */
  furthest?: number;
};

const largestQueue = 5_000;
const largestRun = 1_000;
const patience = 2_000;

/**
 * Follows a source from now on. The stream is an ephemeral consumer of this process alone; numbers that are missing, a
 * head that stays ahead and an interruption are made good from the source's log, so that no event is passed over
 * unless there are too many or the log is another one.
 */
export const startFeed = async (options: FeedOptions): Promise<EventFeed> => {
  const { source, bus, log, healAfter = 1_000, furthest = 20_000 } = options;
  const arrivals = createArrivals(source, largestQueue);
  const history = createHistory(furthest);
  const followers = new Set<Follower>();
  let place: LogHead | undefined;
  let head: LogHead | undefined;
  let aheadSince: number | undefined;
  let mustRead = true;
  let flowing = false;
  let interruptions = 0;
  let healed = 0;

  const handOut = (run: readonly Logged[], epoch: string): void => {
    history.append(run);
    place = { seq: run.at(-1)?.seq ?? 0, epoch };
    aheadSince = undefined;
    arrivals.passed(place.seq);
    for (const follower of followers) follower.take(run);
  };

  const goTo = (known: LogHead): void => {
    if (place !== undefined) log.warn({ source }, 'events were passed over');
    place = known;
    aheadSince = undefined;
    history.restart(known.seq);
    arrivals.passed(known.seq);
    for (const follower of followers) follower.lost();
  };

  const fetchPage = async (from: LogHead): Promise<LogPage> => {
    mustRead = false;
    try {
      return await fetchLog(bus, source, from.seq);
    } catch (error) {
      mustRead = true;
      throw error;
    }
  };

  const readLog = async (from: LogHead): Promise<boolean> => {
    const interruption = interruptions;
    const { head: end, entries } = await fetchPage(from);
    const isOther = end.epoch !== from.epoch || end.seq < from.seq;
    if (isOther) arrivals.clear();
    if (isOther || end.seq - from.seq > furthest) goTo(end);
    else if (entries.length > 0) handOut(entries, from.epoch);
    mustRead ||= (place?.seq ?? 0) < end.seq;
    if (!mustRead && interruption > healed) {
      healed = interruption;
      for (const follower of followers) follower.interrupted?.();
    }
    return mustRead;
  };

  const isLate = (): boolean => {
    if (place === undefined || head === undefined || (head.epoch === place.epoch && head.seq <= place.seq)) {
      aheadSince = undefined;
      return false;
    }
    aheadSince ??= performance.now();
    return performance.now() - aheadSince >= healAfter;
  };

  const step = async (): Promise<boolean> => {
    if (place === undefined) {
      goTo(await fetchHead(bus, source));
      return true;
    }
    const run = arrivals.runAfter(place.seq, largestRun);
    if (run.length > 0) {
      handOut(run, place.epoch);
      return true;
    }
    if (mustRead || !arrivals.isEmpty() || isLate()) return readLog(place);
    return false;
  };

  const loop = until({ name: `feed ${source}`, log, idle: 250, step });
  const resumed = (): void => {
    if (flowing) interruptions++;
    flowing = true;
    mustRead = true;
    loop.wake();
  };
  const stops: Stop[] = [
    await bus.onEvents(
      source,
      (arrived) => {
        if (place !== undefined && arrived.epoch === place.epoch && arrived.seq <= place.seq) return;
        if (arrived.epoch !== place?.epoch || !arrivals.add(arrived)) mustRead = true;
        loop.wake();
      },
      resumed,
    ),
    await bus.onHead(source, (announced) => {
      head = announced;
    }),
  ];

  const untilAt = async (seq: number): Promise<void> => {
    if (place !== undefined && place.seq >= seq) return;
    mustRead = true;
    await orLeave(loop.idle(), patience);
  };

  /** What lies between a number and what is known; one after another, so that many share what one has read. */
  let reading: Promise<unknown> = Promise.resolve();
  const reachBack = (after: LogHead): Promise<unknown> => {
    reading = reading.then(() => readBack(after)).catch(() => undefined);
    return reading;
  };
  const readBack = async (after: LogHead): Promise<void> => {
    const missing: Logged[] = [];
    let at = after.seq;
    while (at < history.first() - 1 && (place?.seq ?? 0) - after.seq <= furthest) {
      const page = await fetchLog(bus, source, at);
      if (page.head.epoch !== after.epoch || page.entries.length === 0) return;
      missing.push(...page.entries);
      at = page.entries.at(-1)?.seq ?? at;
    }
    const first = history.first();
    if (at >= first - 1) history.prepend(missing.filter(({ seq }) => seq < first));
  };

  return {
    place: () => place,
    follow: (follower) => {
      followers.add(follower);
      return () => void followers.delete(follower);
    },
    ready: async () => {
      await untilAt(0);
      return place;
    },
    reach: async (after) => {
      await untilAt(after.seq);
      if (after.epoch === place?.epoch && after.seq < history.first() - 1) await reachBack(after);
    },
    countSince: (topic, after) => {
      const isKnown =
        after.epoch === place?.epoch && after.seq <= place.seq && after.seq >= history.first() - 1;
      return isKnown ? history.countAfter(topic, after.seq) : undefined;
    },
    stop: async () => {
      await Promise.all([...stops.map((stop) => stop()), loop.stop()]);
    },
  };
};
