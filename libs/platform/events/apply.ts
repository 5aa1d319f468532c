import type { MikroORM } from '@mikro-orm/postgresql';
import { Envelope } from '#libs/contracts/envelope.ts';
import type { Tx } from '../database/orm.ts';
import { execute, query } from '../database/query.ts';
import { asWorker } from '../database/scope.ts';
import { isTransient } from '../errors/sql-state.ts';
import type { Log } from '../log/log.ts';
import { describe } from '../service/loop.ts';
import type { Logged } from './log.ts';
import type { Projection } from './projection.ts';

export type Checkpoint = { seq: number; epoch: string | null };
export type Applied = { position: number; events: readonly Envelope[]; parked: number };

type Run = {
  orm: MikroORM;
  projection: Projection;
  source: string;
  epoch: string;
  run: readonly Logged[];
  log: Log;
};

/** The source's log was replaced by another one: numbers mean nothing any more, a rebuild is needed. */
export class LogReplaced extends Error {
  readonly code = 'LOG_REPLACED';
}

export const checkpointOf = (orm: MikroORM, consumer: string, source: string): Promise<Checkpoint> =>
  asWorker(orm, (tx) => readCheckpoint(tx, consumer, source, false));

const readCheckpoint = async (
  tx: Tx,
  consumer: string,
  source: string,
  lock: boolean,
): Promise<Checkpoint> => {
  if (lock) {
    await execute(
      tx,
      'insert into inbox_checkpoint (consumer, source, seq) values ($1, $2, 0) on conflict do nothing',
      [consumer, source],
    );
  }
  const [row] = await query<{ seq: string; epoch: string | null }>(
    tx,
    `select seq, epoch from inbox_checkpoint where consumer = $1 and source = $2 ${lock ? 'for update' : ''}`,
    [consumer, source],
  );
  return row === undefined ? { seq: 0, epoch: null } : { seq: Number(row.seq), epoch: row.epoch };
};

/**
 * Applies a contiguous run in one transaction with the checkpoint. When the run fails it is applied event by
 * event, and the one that cannot be applied is parked with everything that follows it in its aggregate.
 */
export const applyRun = async (work: Run): Promise<Applied> => {
  try {
    return await asWorker(work.orm, (tx) => applyWithin(tx, work));
  } catch (error) {
    if (isTransient(error) || error instanceof LogReplaced) throw error;
    if (work.run.length > 1) return applyOneByOne(work);
    return park(work, error);
  }
};

const applyOneByOne = async (work: Run): Promise<Applied> => {
  const half = Math.ceil(work.run.length / 2);
  const first = await applyRun({ ...work, run: work.run.slice(0, half) });
  const second = await applyRun({ ...work, run: work.run.slice(half) });
  return {
    position: second.position,
    events: [...first.events, ...second.events],
    parked: first.parked + second.parked,
  };
};

const applyWithin = async (tx: Tx, work: Run): Promise<Applied> => {
  const { projection, source } = work;
  const { fresh, position } = await freshOf(tx, work);
  if (fresh.length === 0) return { position, events: [], parked: 0 };
  const held = await parkFollowers(tx, work, fresh);
  const events = fresh.filter((entry) => !held.has(entry.seq)).map((entry) => Envelope.parse(entry.event));
  if (events.length > 0) await projection.apply(tx, events);
  const last = fresh.at(-1)?.seq ?? position;
  await moveCheckpoint(tx, projection.name, source, last, work.epoch);
  return { position: last, events, parked: held.size };
};

/** What of the run is newer than the checkpoint, which stays locked; a gap is an error of the caller. */
const freshOf = async (tx: Tx, work: Run): Promise<{ fresh: Logged[]; position: number }> => {
  const checkpoint = await readCheckpoint(tx, work.projection.name, work.source, true);
  if (checkpoint.epoch !== null && checkpoint.epoch !== work.epoch) throw new LogReplaced(work.source);
  const fresh = work.run.filter((entry) => entry.seq > checkpoint.seq);
  const [first] = fresh;
  if (first !== undefined && first.seq !== checkpoint.seq + 1) return { fresh: [], position: checkpoint.seq };
  return { fresh, position: checkpoint.seq };
};

/** Parks, behind an event that is parked already, what follows it in the same aggregate; in order. */
const parkFollowers = async (tx: Tx, work: Run, fresh: readonly Logged[]): Promise<Set<number>> => {
  const rows = await query<{ aggregate: string }>(
    tx,
    `select distinct aggregate_id as aggregate from inbox_parked
     where consumer = $1 and source = $2 and aggregate_id = any($3::text[])`,
    [work.projection.name, work.source, fresh.map((entry) => entry.event.subject)],
  );
  const blocked = new Set(rows.map((row) => row.aggregate));
  const held = fresh.filter((entry) => blocked.has(entry.event.subject));
  for (const entry of held) await insertParked(tx, work, entry, 'FOLLOWS_PARKED');
  return new Set(held.map((entry) => entry.seq));
};

const insertParked = (tx: Tx, work: Run, entry: Logged, reason: string): Promise<number> =>
  execute(
    tx,
    `insert into inbox_parked (consumer, source, seq, aggregate_id, event, reason, parked_at)
     values ($1, $2, $3, $4, $5::jsonb, $6, now()) on conflict do nothing`,
    [
      work.projection.name,
      work.source,
      entry.seq,
      String(entry.event.subject),
      JSON.stringify(entry.event),
      reason,
    ],
  );

const park = (work: Run, error: unknown): Promise<Applied> =>
  asWorker(work.orm, async (tx) => {
    const { fresh, position } = await freshOf(tx, work);
    const [entry] = fresh;
    if (entry === undefined) return { position, events: [], parked: 0 };
    await insertParked(tx, work, entry, describe(error));
    await moveCheckpoint(tx, work.projection.name, work.source, entry.seq, work.epoch);
    work.log.error(
      { consumer: work.projection.name, source: work.source, seq: entry.seq, error: describe(error) },
      'event parked',
    );
    return { position: entry.seq, events: [], parked: 1 };
  });

const moveCheckpoint = (
  tx: Tx,
  consumer: string,
  source: string,
  seq: number,
  epoch: string,
): Promise<number> =>
  execute(tx, 'update inbox_checkpoint set seq = $3, epoch = $4 where consumer = $1 and source = $2', [
    consumer,
    source,
    seq,
    epoch,
  ]);
