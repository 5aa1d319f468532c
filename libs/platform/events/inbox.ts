import type { MikroORM } from '@mikro-orm/postgresql';
import type { Bus, Stop } from '../bus/bus.ts';
import { isOverload } from '../errors/sql-state.ts';
import type { Log } from '../log/log.ts';
import { type Loop, until } from '../service/loop.ts';
import { type Applied, applyRun } from './apply.ts';
import { createArrivals } from './arrivals.ts';
import { type Checkpoint, checkpointOf, LogReplaced } from './checkpoint.ts';
import { fetchLog, type LogPage } from './fetch-log.ts';
import type { Logged, LogHead } from './log.ts';
import type { Projection } from './projection.ts';

export type InboxOptions = {
  projection: Projection;
  source: string;
  orm: MikroORM;
  bus: Bus;
  log: Log;
  /** A head that stays ahead this long (milliseconds) makes the inbox read the source's log. */
  healAfter?: number;
  /** What this process applied. */
  onApplied?: (applied: Applied) => void;
  /** What took effect, be it here or in another process of the service, as far as this one saw it. */
  onPassed?: (events: readonly Logged[]) => void;
};

/** What keeps an inbox from going on until somebody does something about it. */
export type InboxTrouble = LogReplaced['code'];

export type Inbox = Loop & {
  /** The number up to which everything took effect. */
  position(): number;
  /** The end of the source's log as last heard of; `undefined` before anything was heard. */
  head(): LogHead | undefined;
  trouble(): InboxTrouble | undefined;
};

const largestRun = 2_000;
const largestQueue = 5_000;
/** Without any sign the place in the source's log is compared with the log this many times `healAfter` apart. */
const compareEvery = 6;
/** After fewer events than these more are waited for, so that they are applied together (milliseconds). */
const fewEvents = 50;
const gather = 100;
/** Tries of one event that runs out of time before it is parked. */
const tries = 4;

/** The log said that there is more but does not hand it out. */
class LogIncomplete extends Error {
  readonly code = 'LOG_INCOMPLETE';
}

/**
 * One consumer of one source. What comes over the stream is applied when it is the next in number, dropped when
 * it is not newer, and made good from the source's log when numbers are missing, when the announced head stays
 * ahead, when the stream was interrupted, or at the start. Several processes may run the same consumer.
 */
export const startInbox = async (options: InboxOptions): Promise<Inbox> => {
  const { projection, source, orm, bus, log } = options;
  const healAfter = options.healAfter ?? 5_000;
  const arrivals = createArrivals(source, largestQueue);
  let place: Checkpoint = await checkpointOf(orm, projection.name, source);
  let head: LogHead | undefined;
  let aheadSince: number | undefined;
  let comparedAt = Number.NEGATIVE_INFINITY;
  let ahead: { after: number; page: Promise<LogPage> } | undefined;
  let mustRead = true;
  let most = largestRun;
  let taken = 0;
  let failures = 0;
  let trouble: InboxTrouble | undefined;

  const take = async (run: readonly Logged[], epoch: string): Promise<void> => {
    const giveUp = failures >= tries;
    taken = run.length;
    const applied = await applyRun({ orm, projection, source, epoch, run, log, giveUp });
    if (applied.position < (run.at(-1)?.seq ?? 0)) mustRead = true;
    place = { seq: applied.position, epoch };
    aheadSince = undefined;
    options.onApplied?.(applied);
    const known = new Map([...arrivals.passed(place.seq), ...run].map((entry) => [entry.seq, entry]));
    const passed = [...known.values()].filter((entry) => entry.seq <= place.seq);
    options.onPassed?.(passed.sort((one, other) => one.seq - other.seq));
  };

  /** What follows in the log, fetched while what stands before it is applied. */
  const fetched = async (after: number): Promise<LogPage> => {
    const known = ahead?.after === after ? ahead.page : undefined;
    ahead = undefined;
    return (await known?.catch(() => undefined)) ?? fetchLog(bus, source, after);
  };
  const fetchAhead = (after: number): void => {
    const page = fetchLog(bus, source, after);
    page.catch(() => undefined);
    ahead = { after, page };
  };

  /** The place is looked up anew: another process may have moved it, or a rebuild may have changed the log. */
  const readFromLog = async (): Promise<boolean> => {
    place = await checkpointOf(orm, projection.name, source);
    const page = await fetched(place.seq);
    const replaced = place.epoch !== null && place.epoch !== page.head.epoch;
    if (replaced || page.head.seq < place.seq) throw new LogReplaced(source);
    head = page.head;
    comparedAt = performance.now();
    const behind = place.seq < head.seq;
    if (behind && page.entries.length === 0) throw new LogIncomplete();
    mustRead = false;
    const run = page.entries.slice(0, most);
    const last = run.at(-1)?.seq ?? head.seq;
    if (last < head.seq) fetchAhead(last);
    if (run.length > 0) await take(run, head.epoch);
    else arrivals.passed(place.seq);
    place = { ...place, epoch: page.head.epoch };
    mustRead ||= place.seq < head.seq;
    return mustRead;
  };

  const isLate = (): boolean => {
    if (head === undefined || head.seq <= place.seq) {
      aheadSince = undefined;
      return false;
    }
    aheadSince ??= performance.now();
    return performance.now() - aheadSince >= healAfter;
  };

  const isTimeToCompare = () => performance.now() - comparedAt >= compareEvery * healAfter;

  const next = async (): Promise<boolean> => {
    const run = place.epoch === null ? [] : arrivals.runAfter(place.seq, most);
    if (run.length > 0 && place.epoch !== null) {
      await take(run, place.epoch);
      return true;
    }
    arrivals.passed(place.seq);
    if (mustRead || !arrivals.isEmpty() || isLate() || isTimeToCompare()) return readFromLog();
    return false;
  };

  const step = async (): Promise<boolean> => {
    try {
      const more = await next();
      most = Math.min(largestRun, most * 2);
      failures = 0;
      trouble = undefined;
      return more;
    } catch (error) {
      mustRead = true;
      most = isOverload(error) ? 1 : Math.max(1, Math.floor(most / 2));
      failures = isOverload(error) ? failures + 1 : 0;
      if (error instanceof LogReplaced) {
        if (trouble === undefined)
          log.error({ consumer: projection.name, source, code: error.code }, 'log replaced: rebuild needed');
        trouble = error.code;
        arrivals.clear();
      }
      throw error;
    }
  };

  const loop = until({
    name: `inbox ${projection.name} < ${source}`,
    log,
    idle: 250,
    busy: () => (taken < fewEvents ? gather : 0),
    step,
  });
  const read = () => {
    mustRead = true;
    loop.wake();
  };
  const stops: Stop[] = [
    await bus.onEvents(
      source,
      (arrived) => {
        if (arrived.seq <= place.seq && arrived.epoch === place.epoch) return;
        if (arrived.epoch !== place.epoch || !arrivals.add(arrived)) mustRead = true;
        loop.wake();
      },
      read,
    ),
    await bus.onHead(source, (announced) => {
      if (announced.epoch !== place.epoch) mustRead = true;
      else if (head === undefined || head.epoch !== announced.epoch || head.seq < announced.seq)
        head = announced;
    }),
  ];
  return {
    wake: loop.wake,
    idle: loop.idle,
    position: () => place.seq,
    head: () => head,
    trouble: () => trouble,
    stop: async () => {
      await Promise.all([...stops.map((stop) => stop()), loop.stop()]);
    },
  };
};
