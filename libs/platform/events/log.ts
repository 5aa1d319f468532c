import type { MikroORM } from '@mikro-orm/postgresql';
import type { Envelope } from '#libs/contracts/envelope.ts';
import { single, singleRow } from '../database/scope.ts';

/** An event with its gapless number in the log of its source. */
export type Logged = { seq: number; event: Envelope };

/** The end of a source's log: the last number given and the identity of the log. */
export type LogHead = { seq: number; epoch: string };

/** Reads the log after `after`, in order. */
export const readLog = async (orm: MikroORM, after: number, limit: number): Promise<Logged[]> => {
  const rows = await single<{ seq: string; event: Envelope }>(
    orm,
    'select seq, event from event_log where seq > $1 order by seq limit $2',
    [after, limit],
  );
  return rows.map((row) => ({ seq: Number(row.seq), event: row.event }));
};

export const headOf = async (orm: MikroORM): Promise<LogHead> => {
  const row = await singleRow<{ seq: string; epoch: string }>(
    orm,
    'select seq, epoch from event_counter where id = 1',
  );
  return { seq: Number(row.seq), epoch: row.epoch };
};
