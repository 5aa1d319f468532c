import type { MikroORM } from '@mikro-orm/postgresql';
import { Envelope } from '#libs/contracts/envelope.ts';
import { execute, query } from '../database/query.ts';
import { asWorker } from '../database/scope.ts';
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

/** Applies what was parked, in order, aggregate by aggregate; what fails again stays parked. Returns the count. */
export const unpark = async (orm: MikroORM, projection: Projection): Promise<number> => {
  let done = 0;
  for (const parked of await parkedOf(orm, projection)) {
    done += await asWorker(orm, async (tx) => {
      const rows = await query<{ seq: string; event: unknown }>(
        tx,
        `select seq, event from inbox_parked where consumer = $1 and source = $2 and aggregate_id = $3
         order by seq for update`,
        [projection.name, parked.source, parked.aggregate],
      );
      await projection.apply(
        tx,
        rows.map((row) => Envelope.parse(row.event)),
      );
      await execute(
        tx,
        'delete from inbox_parked where consumer = $1 and source = $2 and aggregate_id = $3',
        [projection.name, parked.source, parked.aggregate],
      );
      return rows.length;
    }).catch(() => 0);
  }
  return done;
};
