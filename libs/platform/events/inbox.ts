import type { MikroORM } from '@mikro-orm/postgresql';
import type { Arrived, Bus, Stop } from '../bus/bus.ts';
import type { Log } from '../log/log.ts';
import { type Loop, until } from '../service/loop.ts';
import { type Applied, applyRun, checkpointOf } from './apply.ts';
import { fetchLog } from './log-access.ts';
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
  onApplied?: (applied: Applied) => void;
};

export type Inbox = Loop & {
  /** The number up to which everything took effect. */
  position(): number;
};

const largestRun = 300;
const largestQueue = 20_000;

/**
 * One consumer of one source. What comes over the stream is applied when it is the next in number, dropped when
 * it is not newer, and made good from the source's log when numbers are missing, when the announced head stays
 * ahead, or at the start.
 */
export const startInbox = async (options: InboxOptions): Promise<Inbox> => {
  const { projection, source, orm, bus, log } = options;
  const queue = new Map<number, Arrived>();
  let head: LogHead | undefined;
  let position = (await checkpointOf(orm, projection.name, source)).seq;
  let aheadSince: number | undefined;
  let mustRead = true;

  const nextRun = (): Logged[] => {
    const run: Logged[] = [];
    for (let seq = position + 1; run.length < largestRun; seq++) {
      const arrived = queue.get(seq);
      if (arrived === undefined) break;
      run.push(arrived);
    }
    return run;
  };

  const forget = (): void => {
    for (const seq of queue.keys()) if (seq <= position) queue.delete(seq);
  };

  const take = async (run: readonly Logged[], epoch: string): Promise<void> => {
    const applied = await applyRun({ orm, projection, source, epoch, run, log });
    position = applied.position;
    aheadSince = undefined;
    forget();
    options.onApplied?.(applied);
  };

  const readFromLog = async (): Promise<boolean> => {
    const page = await fetchLog(bus, source, position);
    head = page.head;
    if (page.entries.length > 0) await take(page.entries, page.head.epoch);
    mustRead = position < page.head.seq;
    return mustRead;
  };

  const isLate = (): boolean => {
    if (head === undefined || head.seq <= position) {
      aheadSince = undefined;
      return false;
    }
    aheadSince ??= performance.now();
    return performance.now() - aheadSince >= (options.healAfter ?? 5_000);
  };

  const step = async (): Promise<boolean> => {
    if (mustRead || isLate()) return readFromLog();
    const run = nextRun();
    if (run.length > 0) {
      await take(run, queue.get(run[0]?.seq ?? 0)?.epoch ?? '');
      return true;
    }
    forget();
    if (queue.size > 0) return readFromLog();
    return false;
  };

  const loop = until({ name: `inbox ${projection.name} < ${source}`, log, idle: 250, step });
  const stops: Stop[] = [
    await bus.onEvents(source, (arrived) => {
      if (arrived.seq <= position) return;
      if (queue.size >= largestQueue) mustRead = true;
      else queue.set(arrived.seq, arrived);
      loop.wake();
    }),
    await bus.onHead(source, (announced) => {
      if (head !== undefined && head.epoch !== announced.epoch) mustRead = true;
      head = announced;
    }),
  ];
  return {
    wake: loop.wake,
    position: () => position,
    stop: async () => {
      await Promise.all(stops.map((stop) => stop()));
      await loop.stop();
    },
  };
};
