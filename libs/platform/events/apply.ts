import type { MikroORM } from '@mikro-orm/postgresql';
import { Envelope } from '#libs/contracts/envelope.ts';
import type { Tx } from '../database/orm.ts';
import { asWorker, CommitUnknown } from '../database/scope.ts';
import { isOverload, isTransient } from '../errors/sql-state.ts';
import type { Log } from '../log/log.ts';
import { describe } from '../service/loop.ts';
import { onBehalfOf } from '../telemetry/events.ts';
import {
  type Checkpoint,
  LogReplaced,
  lockCheckpoint,
  lockKnownCheckpoint,
  moveCheckpoint,
  stepOver,
} from './checkpoint.ts';
import type { Logged } from './log.ts';
import { parkEntries, parkedAmong, parkFollowers } from './parking.ts';
import type { Projection } from './projection.ts';

/** Where the consumer stands now, which events took effect in this call and how many were parked. */
export type Applied = { position: number; events: readonly Envelope[]; parked: number };

export type Run = {
  orm: MikroORM;
  projection: Projection;
  source: string;
  epoch: string;
  /** Contiguous and in order. */
  run: readonly Logged[];
  log: Log;
  /** Parks also what only ran out of time or space: after it did so again and again. */
  giveUp?: boolean;
};

/**
 * Applies a contiguous run in one transaction with the checkpoint. When the run fails it is applied in halves, and
 * an event that cannot be applied by itself is parked with everything that follows it in its aggregate. Faults of
 * the database are no event's fault: they are thrown, with what was applied before them in effect.
 */
export const applyRun = async (work: Run): Promise<Applied> => {
  const passed = await passOver(work);
  if (passed !== undefined) return passed;
  try {
    return await traced(work, () => asWorker(work.orm, (tx) => applyWithin(tx, work)));
  } catch (error) {
    if (error instanceof LogReplaced || error instanceof CommitUnknown || isTransient(error)) throw error;
    if (work.run.length > 1) return applyInHalves(work);
    if (isOverload(error) && !work.giveUp) throw error;
    return park(work, error);
  }
};

export const isUsed = ({ types }: Projection, { event }: Logged): boolean =>
  types === undefined || types.includes(event.type);

/** A run of which the projection uses nothing, stepped over; undefined where the checkpoint must be looked at. */
const passOver = async ({ orm, projection, source, epoch, run }: Run): Promise<Applied | undefined> => {
  const [first, last] = [run[0], run.at(-1)];
  if (first === undefined || last === undefined || run.some((entry) => isUsed(projection, entry)))
    return undefined;
  const moved = await stepOver(orm, projection.name, source, { from: first.seq - 1, to: last.seq, epoch });
  return moved ? { position: last.seq, events: [], parked: 0 } : undefined;
};

const traced = <T>({ projection, source, run }: Run, apply: () => Promise<T>): Promise<T> =>
  onBehalfOf(
    { verb: 'apply', facts: { 'xueji.consumer': projection.name, 'xueji.source': source } },
    run.map((entry) => entry.event),
    apply,
  );

const applyInHalves = async (work: Run): Promise<Applied> => {
  const half = Math.ceil(work.run.length / 2);
  const first = await applyRun({ ...work, run: work.run.slice(0, half) });
  const second = await applyRun({ ...work, run: work.run.slice(half) });
  return {
    position: second.position,
    events: [...first.events, ...second.events],
    parked: first.parked + second.parked,
  };
};

/** As `applyRun`, within a transaction of the caller; a failure is the caller's. */
export const applyWithin = async (tx: Tx, work: Run): Promise<Applied> => {
  const { projection } = work;
  const consumption = { consumer: projection.name, source: work.source };
  // What is parked is looked up behind the lock, with which it is sent.
  const [known, parked] = await Promise.all([
    lockKnownCheckpoint(tx, projection.name, work.source),
    parkedAmong(tx, consumption, work.run),
  ]);
  const checkpoint = known ?? (await lockCheckpoint(tx, projection.name, work.source));
  const { fresh, position } = freshOf(work, checkpoint);
  if (fresh.length === 0) return { position, events: [], parked: 0 };
  const blocked = known ? parked : await parkedAmong(tx, consumption, fresh);
  const held = await parkFollowers(tx, consumption, fresh, blocked);
  const events = fresh
    .filter((entry) => isUsed(projection, entry) && !held.has(entry.seq))
    .map((entry) => Envelope.parse(entry.event));
  if (events.length > 0) await projection.apply(tx, events);
  return { position: await reached(tx, work, fresh), events, parked: held.size };
};

/** What of the run is newer than the locked checkpoint; nothing, where numbers are missing between. */
const freshOf = (work: Run, checkpoint: Checkpoint): { fresh: Logged[]; position: number } => {
  if (checkpoint.epoch !== null && checkpoint.epoch !== work.epoch) throw new LogReplaced(work.source);
  const fresh = work.run.filter((entry) => entry.seq > checkpoint.seq);
  const follows = fresh[0]?.seq === checkpoint.seq + 1;
  return { fresh: follows ? fresh : [], position: checkpoint.seq };
};

const reached = async (tx: Tx, work: Run, fresh: readonly Logged[]): Promise<number> => {
  const seq = fresh.at(-1)?.seq ?? 0;
  await moveCheckpoint(tx, work.projection.name, work.source, { seq, epoch: work.epoch });
  return seq;
};

const park = (work: Run, error: unknown): Promise<Applied> =>
  asWorker(work.orm, async (tx) => {
    const { fresh, position } = freshOf(work, await lockCheckpoint(tx, work.projection.name, work.source));
    if (fresh.length === 0) return { position, events: [], parked: 0 };
    const consumption = { consumer: work.projection.name, source: work.source };
    await parkEntries(tx, consumption, fresh, describe(error));
    work.log.error({ ...consumption, seq: fresh[0]?.seq, error: describe(error) }, 'event parked');
    return { position: await reached(tx, work, fresh), events: [], parked: fresh.length };
  });
