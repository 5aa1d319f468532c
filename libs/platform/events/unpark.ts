import type { MikroORM } from '@mikro-orm/postgresql';
import { Envelope } from '#libs/contracts/envelope.ts';
import type { Tx } from '../database/orm.ts';
import { execute, query } from '../database/query.ts';
import { asWorker } from '../database/scope.ts';
import { isOverload, isTransient } from '../errors/sql-state.ts';
import { describe } from '../service/loop.ts';
import { lockCheckpoint } from './checkpoint.ts';
import type { Projection } from './projection.ts';

/** Events of one aggregate that wait behind a failure. */
export type ParkedAggregate = {
  source: string;
  aggregate: string;
  events: number;
  firstSeq: number;
  reason: string;
};

export const parkedOf = (orm: MikroORM, projection: Projection): Promise<ParkedAggregate[]> =>
  asWorker(orm, async (tx) => {
    const rows = await query<{
      source: string;
      aggregate: string;
      events: string;
      seq: string;
      reason: string;
    }>(
      tx,
      `select source, aggregate_id as aggregate, count(*) as events, min(seq) as seq,
              (array_agg(reason order by seq))[1] as reason
       from inbox_parked where consumer = $1 group by source, aggregate_id order by min(seq)`,
      [projection.name],
    );
    return rows.map((row) => ({
      source: row.source,
      aggregate: row.aggregate,
      events: Number(row.events),
      firstSeq: Number(row.seq),
      reason: row.reason,
    }));
  });

type Target = { orm: MikroORM; projection: Projection; parked: ParkedAggregate };

/**
 * The next parked events of an aggregate, in order. The inbox works under the lock on the same checkpoint: what it
 * parks meanwhile is neither overlooked nor removed unapplied.
 */
const applyParked = async (tx: Tx, { projection, parked }: Target, most: number): Promise<number> => {
  await lockCheckpoint(tx, projection.name, parked.source);
  const key = [projection.name, parked.source, parked.aggregate];
  const rows = await query<{ seq: string; event: unknown }>(
    tx,
    `select seq, event from inbox_parked where consumer = $1 and source = $2 and aggregate_id = $3
     order by seq limit $4`,
    [...key, most],
  );
  if (rows.length === 0) return 0;
  await projection.apply(
    tx,
    rows.map((row) => Envelope.parse(row.event)),
  );
  await execute(
    tx,
    `delete from inbox_parked where consumer = $1 and source = $2 and aggregate_id = $3
     and seq = any($4::bigint[])`,
    [...key, rows.map((row) => row.seq)],
  );
  return rows.length;
};

const tellReason = ({ orm, projection, parked }: Target, reason: string): Promise<number> =>
  asWorker(orm, (tx) =>
    execute(
      tx,
      `update inbox_parked set reason = $4 where consumer = $1 and source = $2 and seq =
         (select min(seq) from inbox_parked where consumer = $1 and source = $2 and aggregate_id = $3)`,
      [projection.name, parked.source, parked.aggregate, reason],
    ),
  );

const together = 200;

/** Many at once; where that fails one after another, up to the one that fails again, which stays with the rest. */
const unparkAggregate = async (target: Target): Promise<number> => {
  let done = 0;
  for (let most = together; ; ) {
    try {
      const applied = await asWorker(target.orm, (tx) => applyParked(tx, target, most));
      if (applied === 0) return done;
      done += applied;
    } catch (error) {
      if (isTransient(error) || isOverload(error)) throw error;
      if (most === 1) {
        await tellReason(target, describe(error));
        return done;
      }
      most = 1;
    }
  }
};

/**
 * Applies what was parked, in order, aggregate by aggregate; what fails again stays parked with what follows it.
 * Returns how many took effect. Faults of the database are thrown.
 */
export const unpark = async (orm: MikroORM, projection: Projection): Promise<number> => {
  let done = 0;
  for (const parked of await parkedOf(orm, projection)) {
    done += await unparkAggregate({ orm, projection, parked });
  }
  return done;
};
