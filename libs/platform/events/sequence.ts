import type { MikroORM } from '@mikro-orm/postgresql';
import type { Tx } from '../database/orm.ts';
import { execute, query } from '../database/query.ts';
import { asWorker } from '../database/scope.ts';
import { chooseForLog, type Waiting } from './relay-order.ts';

/** Rows that get numbers in one transaction. */
export const batchSize = 1_000;

/**
 * Moves waiting rows into the log with gapless numbers; fenced by the lock on the counter row. Returns how many.
 *
 * A row whose predecessor is missing stays and must not keep the others waiting: when too few of those that were
 * looked at can be moved, twice as many are looked at.
 */
export const sequence = (orm: MikroORM, size = batchSize): Promise<number> =>
  asWorker(orm, async (tx) => {
    // What is sent behind the lock is done once it is held.
    const [[counter], first] = await Promise.all([
      query<{ seq: string }>(tx, 'select seq from event_counter where id = 1 for update'),
      oldest(tx, size),
    ]);
    if (counter === undefined) throw new Error('The event counter is missing');
    for (let looked = size; ; looked *= 2) {
      const waiting = looked === size ? first : await oldest(tx, looked);
      const chosen = chooseForLog(waiting, await loggedVersions(tx, waiting)).slice(0, size);
      if (chosen.length <= size / 2 && waiting.length === looked) continue;
      await append(tx, Number(counter.seq), chosen);
      return chosen.length;
    }
  });

const oldest = (tx: Tx, limit: number): Promise<Waiting[]> =>
  query<Waiting>(
    tx,
    `select aggregate_id as aggregate, version from outbox
     order by recorded_at, aggregate_id, version limit $1`,
    [limit],
  );

const loggedVersions = async (tx: Tx, waiting: readonly Waiting[]): Promise<Map<string, number>> => {
  const rows = await query<{ aggregate: string; version: number }>(
    tx,
    `select asked.aggregate, last.version from unnest($1::text[]) as asked (aggregate)
     cross join lateral (
       select version from event_log where aggregate_id = asked.aggregate order by version desc limit 1) as last`,
    [[...new Set(waiting.map((row) => row.aggregate))]],
  );
  return new Map(rows.map((row) => [row.aggregate, row.version]));
};

const chosenRows = 'unnest($1::text[], $2::int[]) with ordinality as chosen (a, v, n)';

const append = async (tx: Tx, last: number, chosen: readonly Waiting[]): Promise<void> => {
  if (chosen.length === 0) return;
  const keys = [chosen.map((row) => row.aggregate), chosen.map((row) => row.version)];
  const appended = execute(
    tx,
    `insert into event_log (seq, aggregate_id, version, type, event)
     select $3::bigint + n, aggregate_id, version, type, event
     from ${chosenRows} join outbox on aggregate_id = a and version = v`,
    [...keys, last],
  );
  const [count] = await Promise.all([
    appended,
    execute(tx, `delete from outbox using ${chosenRows} where aggregate_id = a and version = v`, keys),
    execute(tx, 'update event_counter set seq = $1 where id = 1', [last + chosen.length]),
  ]);
  if (count !== chosen.length) throw new Error('The outbox changed under the fence');
};
