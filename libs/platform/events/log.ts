import type { MikroORM } from '@mikro-orm/postgresql';
import type { Envelope } from '#libs/contracts/envelope.ts';
import type { Tx } from '../database/orm.ts';
import { query, queryOne } from '../database/query.ts';
import { asWorker } from '../database/scope.ts';

/** An event with its gapless number in the log of its source. */
export type Logged = { seq: number; event: Envelope };

/** The end of a source's log: the last number given and the identity of the log. */
export type LogHead = { seq: number; epoch: string };

/** Reads the log after `after`, in order. */
export const readLog = (orm: MikroORM, after: number, limit: number): Promise<Logged[]> =>
  asWorker(orm, async (tx) => {
    const rows = await query<{ seq: string; event: Envelope }>(
      tx,
      'select seq, event from event_log where seq > $1 order by seq limit $2',
      [after, limit],
    );
    return rows.map((row) => ({ seq: Number(row.seq), event: row.event }));
  });

export const headOf = async (tx: Tx): Promise<LogHead> => {
  const row = await queryOne<{ seq: string; epoch: string }>(
    tx,
    'select seq, epoch from event_counter where id = 1',
  );
  return { seq: Number(row.seq), epoch: row.epoch };
};
