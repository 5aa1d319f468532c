import type { MikroORM } from '@mikro-orm/postgresql';
import type { Tx } from '../database/orm.ts';
import { execute, query } from '../database/query.ts';
import { retrying, single } from '../database/scope.ts';

/** How far a consumer has come in a source's log, and which log that is (null before the first event). */
export type Checkpoint = { seq: number; epoch: string | null };

/**
 * The source's log is not the one that the checkpoint counts in: another identity, or shorter than what took effect
 * already. Numbers mean nothing any more; a rebuild is needed.
 */
export class LogReplaced extends Error {
  readonly code = 'LOG_REPLACED';

  constructor(source: string) {
    super(`The log of ${source} was replaced by another one`);
    this.name = 'LogReplaced';
  }
}

type Row = { seq: string; epoch: string | null };

const start: Checkpoint = { seq: 0, epoch: null };

const read = (row: Row | undefined): Checkpoint | undefined =>
  row === undefined ? undefined : { seq: Number(row.seq), epoch: row.epoch };

export const checkpointOf = async (orm: MikroORM, consumer: string, source: string): Promise<Checkpoint> => {
  const [row] = await single<Row>(
    orm,
    'select seq, epoch from inbox_checkpoint where consumer = $1 and source = $2',
    [consumer, source],
  );
  return read(row) ?? start;
};

/** The checkpoint, locked until the end of the transaction; undefined where there is none yet. */
export const lockKnownCheckpoint = async (
  tx: Tx,
  consumer: string,
  source: string,
): Promise<Checkpoint | undefined> => {
  const [row] = await query<Row>(
    tx,
    'select seq, epoch from inbox_checkpoint where consumer = $1 and source = $2 for update',
    [consumer, source],
  );
  return read(row);
};

/** The checkpoint, made where there is none and locked until the end of the transaction: one writer at a time. */
export const lockCheckpoint = async (tx: Tx, consumer: string, source: string): Promise<Checkpoint> => {
  const known = await lockKnownCheckpoint(tx, consumer, source);
  if (known !== undefined) return known;
  await execute(
    tx,
    'insert into inbox_checkpoint (consumer, source, seq) values ($1, $2, 0) on conflict do nothing',
    [consumer, source],
  );
  return (await lockKnownCheckpoint(tx, consumer, source)) ?? start;
};

export const moveCheckpoint = (
  tx: Tx,
  consumer: string,
  source: string,
  { seq, epoch }: Checkpoint,
): Promise<number> =>
  execute(tx, 'update inbox_checkpoint set seq = $3, epoch = $4 where consumer = $1 and source = $2', [
    consumer,
    source,
    seq,
    epoch,
  ]);

/**
 * Moves the checkpoint over events that mean nothing to the consumer: one statement, no lock held. False where the
 * checkpoint is not where the caller thinks, or counts in another log.
 */
export const stepOver = async (
  orm: MikroORM,
  consumer: string,
  source: string,
  { from, to, epoch }: { from: number; to: number; epoch: string },
): Promise<boolean> => {
  const moved = await retrying(() =>
    execute(
      orm.em.fork(),
      `update inbox_checkpoint set seq = $4 where consumer = $1 and source = $2 and seq = $3 and epoch = $5`,
      [consumer, source, from, to, epoch],
    ),
  );
  return moved === 1;
};
