import type { MikroORM } from '@mikro-orm/postgresql';
import type { Bus } from '../bus/bus.ts';
import { execute, query } from '../database/query.ts';
import { asWorker } from '../database/scope.ts';
import type { Log } from '../log/log.ts';
import { applyRun } from './apply.ts';
import { fetchLog } from './log-access.ts';
import type { Projection } from './projection.ts';

/** Empties a projection and its checkpoints; the running inboxes, or `replay`, fill it again from the logs. */
export const reset = (orm: MikroORM, projection: Projection): Promise<void> =>
  asWorker(orm, async (tx) => {
    for (const table of projection.tables) await execute(tx, `delete from ${table}`);
    await execute(tx, 'delete from inbox_parked where consumer = $1', [projection.name]);
    await execute(tx, 'delete from inbox_checkpoint where consumer = $1', [projection.name]);
  });

/** Applies every source's log from the checkpoint to the head; returns the number of events read. */
export const replay = async (orm: MikroORM, bus: Bus, projection: Projection, log: Log): Promise<number> => {
  let read = 0;
  for (const source of projection.sources) {
    let position = 0;
    for (;;) {
      const page = await fetchLog(bus, source, position);
      if (page.entries.length === 0) break;
      const applied = await applyRun({
        orm,
        projection,
        source,
        epoch: page.head.epoch,
        run: page.entries,
        log,
      });
      read += page.entries.length;
      position = Math.max(position, applied.position);
    }
  }
  return read;
};

/** One checksum over all rows of a projection, independent of their order. */
export const checksum = (orm: MikroORM, projection: Projection): Promise<string> =>
  asWorker(orm, async (tx) => {
    const sums: string[] = [];
    for (const table of projection.tables) {
      const [row] = await query<{ sum: string }>(
        tx,
        `select count(*) || ':' || coalesce(sum(('x' || left(md5(t::text), 15))::bit(60)::bigint), 0) as sum from ${table} t`,
      );
      sums.push(`${table}=${row?.sum ?? ''}`);
    }
    return sums.join(' ');
  });
