import type { MikroORM } from '@mikro-orm/postgresql';
import type { Bus } from '../bus/bus.ts';
import type { Log } from '../log/log.ts';
import { applyRun } from './apply.ts';
import { type Checkpoint, checkpointOf, LogReplaced } from './checkpoint.ts';
import { fetchLog, type LogPage } from './log-access.ts';
import type { Projection } from './projection.ts';

/** Up to where sources are read: their checkpoints in service; a source that is not named up to its head. */
export type Limits = ReadonlyMap<string, Checkpoint>;

export type ReplayOptions = { limits?: Limits; onProgress?: (read: number) => void };

/** A page after `place`, of the log that `place` counts in, and no further than the limit. */
export const pageAfter = async (
  bus: Bus,
  source: string,
  place: Checkpoint,
  limits: Limits = new Map(),
): Promise<LogPage> => {
  const { head, entries } = await fetchLog(bus, source, place.seq);
  if (head.seq < place.seq || (place.epoch !== null && place.epoch !== head.epoch))
    throw new LogReplaced(source);
  const limit = limits.get(source);
  const last = limit?.epoch === head.epoch && limit.seq <= head.seq ? limit.seq : Number.POSITIVE_INFINITY;
  return { head, entries: entries.filter((entry) => entry.seq <= last) };
};

/**
 * Applies every source's log from the checkpoint to its end; returns the number of events read. The next page is
 * fetched while one is applied.
 */
export const replay = async (
  orm: MikroORM,
  bus: Bus,
  projection: Projection,
  log: Log,
  { limits, onProgress }: ReplayOptions = {},
): Promise<number> => {
  let read = 0;
  for (const source of projection.sources) {
    let page = await pageAfter(bus, source, await checkpointOf(orm, projection.name, source), limits);
    while (page.entries.length > 0) {
      const { epoch } = page.head;
      const run = page.entries;
      const place = { seq: run.at(-1)?.seq ?? 0, epoch };
      const following = pageAfter(bus, source, place, limits);
      following.catch(() => undefined);
      await applyRun({ orm, projection, source, epoch, run, log });
      read += run.length;
      onProgress?.(read);
      page = await following;
    }
  }
  return read;
};
