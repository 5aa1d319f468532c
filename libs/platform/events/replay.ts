import type { MikroORM } from '@mikro-orm/postgresql';
import type { Bus } from '../bus/bus.ts';
import type { Log } from '../log/log.ts';
import { applyRun } from './apply.ts';
import { type Checkpoint, checkpointOf, LogReplaced } from './checkpoint.ts';
import { fetchLog, type LogPage } from './fetch-log.ts';
import type { Logged, LogHead } from './log.ts';
import type { Projection } from './projection.ts';

/**
 * Up to where sources are read: their checkpoints in service. A source that is not named is read to its head, and so
 * is one whose log is not the one that its checkpoint counts in.
 */
export type Limits = ReadonlyMap<string, Checkpoint>;

const lastOf = (limit: Checkpoint | undefined, head: LogHead): number => {
  const counts = limit !== undefined && (limit.epoch === null || limit.epoch === head.epoch);
  return counts && limit.seq <= head.seq ? limit.seq : Number.POSITIVE_INFINITY;
};

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
  const last = lastOf(limits.get(source), head);
  return { head, entries: entries.filter((entry) => entry.seq <= last) };
};

/** Events that are applied in one transaction: the more, the fewer statements for each. */
const longestRun = 5_000;

/** Pages after `place`, together about a run. */
const runAfter = async (
  bus: Bus,
  source: string,
  place: Checkpoint,
  limits: Limits | undefined,
): Promise<LogPage> => {
  const entries: Logged[] = [];
  for (let at = place; ; ) {
    const page = await pageAfter(bus, source, at, limits);
    entries.push(...page.entries);
    if (page.entries.length === 0 || entries.length >= longestRun) return { head: page.head, entries };
    at = { seq: entries.at(-1)?.seq ?? 0, epoch: page.head.epoch };
  }
};

/**
 * Applies every source's log from the checkpoint to its end; returns the number of events read. The next run is
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
    let next = await runAfter(bus, source, await checkpointOf(orm, projection.name, source), limits);
    while (next.entries.length > 0) {
      const { epoch } = next.head;
      const run = next.entries;
      const following = runAfter(bus, source, { seq: run.at(-1)?.seq ?? 0, epoch }, limits);
      following.catch(() => undefined);
      await applyRun({ orm, projection, source, epoch, run, log });
      read += run.length;
      onProgress?.(read);
      next = await following;
    }
  }
  return read;
};
