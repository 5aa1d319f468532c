import type { MikroORM } from '@mikro-orm/postgresql';
import type { Bus } from '../bus/bus.ts';
import { single, singleRow } from '../database/scope.ts';
import { onBehalfOf } from '../telemetry/events.ts';
import { readLog } from './log.ts';

const publishWindow = 500;

/**
 * Publishes what the log holds beyond the mark of what was published, one window; moves the mark after the broker's
 * word. Returns how many. Done twice it is harmless: message ids and checkpoints sort it out.
 */
export const publishNext = async (orm: MikroORM, bus: Bus, source: string): Promise<number> => {
  const mark = await singleRow<{ published: string; head: string; epoch: string }>(
    orm,
    `select published.seq as published, counter.seq as head, epoch
     from event_published as published, event_counter as counter where published.id = 1 and counter.id = 1`,
  );
  if (Number(mark.published) >= Number(mark.head)) return 0;
  const entries = await readLog(orm, Number(mark.published), publishWindow);
  const last = entries.at(-1);
  if (last === undefined) return 0;
  const work = { verb: 'publish', facts: { 'xueji.source': source } } as const;
  const events = entries.map((entry) => entry.event);
  await onBehalfOf(work, events, () => bus.publishEvents(source, mark.epoch, entries));
  await single(orm, 'update event_published set seq = $1 where id = 1 and seq < $1', [last.seq]);
  return entries.length;
};
