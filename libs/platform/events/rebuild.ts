import type { MikroORM } from '@mikro-orm/postgresql';
import type { Bus } from '../bus/bus.ts';
import type { Tx } from '../database/orm.ts';
import { query } from '../database/query.ts';
import { asWorker } from '../database/scope.ts';
import { isOverload, isTransient } from '../errors/sql-state.ts';
import type { Log } from '../log/log.ts';
import { applyWithin } from './apply.ts';
import type { Projection } from './projection.ts';
import { type Limits, pageAfter, replay } from './replay.ts';
import {
  differentTables,
  exchange,
  openShadow,
  parkedInShadow,
  realCheckpoints,
  type Shadow,
} from './shadow.ts';

export { checksum } from './checksum.ts';
export { replay } from './replay.ts';

/** A reaction has effects but no tables of its own: run again, it would have its effects again. */
export class NotAProjection extends Error {
  readonly code = 'NOT_A_PROJECTION';

  constructor(projection: Projection) {
    super(`${projection.name} is a reaction: it cannot be run again`);
    this.name = 'NotAProjection';
  }
}

const requireProjection = (projection: Projection): void => {
  if (projection.tables.length === 0) throw new NotAProjection(projection);
};

export type Rebuilt = {
  /** Events that were read. */
  read: number;
  /** Events that could not be applied and are parked in what was rebuilt. */
  parked: number;
  /** Tables whose rows came out other than they were. */
  different: readonly string[];
  /** Milliseconds. */
  took: number;
};

export type RebuildOptions = {
  /** The service's database as its worker, and its address: a rebuild uses a session of its own. */
  worker: MikroORM;
  workerUrl: string;
  bus: Bus;
  projection: Projection;
  log: Log;
  /** Only compares: the projection is left as it is. */
  compareOnly?: boolean;
  onProgress?: (read: number) => void;
};

/**
 * Rebuilds a projection from its sources' logs beside the one in service, in tables that only this session sees, and
 * exchanges the contents in one transaction: readers see the old rows until they see all of the new ones. The
 * inboxes go on meanwhile and wait only for the exchange, of which the tables that came out the same are no part.
 * Also mends LOG_REPLACED. Throws NotAProjection for a reaction, LogReplaced when a log is replaced while it is read.
 */
export const rebuild = async (options: RebuildOptions): Promise<Rebuilt> => {
  const { bus, projection, log } = options;
  requireProjection(projection);
  const began = performance.now();
  const shadow = await openShadow(options.worker, options.workerUrl, projection);
  try {
    for (let read = 0; ; ) {
      const limits = await asWorker(shadow.orm, (tx) => realCheckpoints(tx, shadow, false));
      const onProgress = (more: number) => options.onProgress?.(read + more);
      read += await replay(shadow.orm, bus, projection, log, { limits, onProgress });
      const finished = await finish(shadow, options);
      if (finished === undefined) continue;
      return { ...finished, read: read + finished.read, took: performance.now() - began };
    }
  } finally {
    await shadow.orm.close(true);
  }
};

/** An event that came while the shadow was built and cannot be applied in one transaction with the rest. */
class LateFailure extends Error {}

type Finished = Omit<Rebuilt, 'took'>;

/** `undefined` when the shadow has to catch up once more, event by event. */
const finish = async (shadow: Shadow, options: RebuildOptions): Promise<Finished | undefined> => {
  try {
    return await asWorker(shadow.orm, async (tx) => {
      const limits = await realCheckpoints(tx, shadow, true);
      const read = await readTheRest(tx, shadow, limits, options);
      const different = await differentTables(tx, shadow);
      if (!options.compareOnly) await exchange(tx, shadow, different);
      return { read, parked: await parkedInShadow(tx), different };
    });
  } catch (error) {
    if (!(error instanceof LateFailure)) throw error;
    if (isTransient(error.cause) || isOverload(error.cause)) throw error.cause;
    return undefined;
  }
};

/** Up to where the inboxes stand, which wait: like is exchanged for like. */
const readTheRest = async (
  tx: Tx,
  { orm, projection }: Shadow,
  limits: Limits,
  { bus, log }: RebuildOptions,
): Promise<number> => {
  let read = 0;
  for (const source of projection.sources) {
    const [row] = await query<{ seq: string; epoch: string | null }>(
      tx,
      'select seq, epoch from pg_temp.inbox_checkpoint where consumer = $1 and source = $2',
      [projection.name, source],
    );
    const place = { seq: Number(row?.seq ?? 0), epoch: row?.epoch ?? null };
    for (;;) {
      const { head, entries } = await pageAfter(bus, source, place, limits);
      if (entries.length === 0) break;
      const work = { orm, projection, source, epoch: head.epoch, run: entries, log };
      const applied = await applyWithin(tx, work).catch((cause: unknown) => {
        throw new LateFailure('An event that came meanwhile could not be applied', { cause });
      });
      place.seq = applied.position;
      place.epoch = head.epoch;
      read += entries.length;
    }
  }
  return read;
};
