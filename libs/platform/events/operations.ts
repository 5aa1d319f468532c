import { randomUUID } from 'node:crypto';
import type { MikroORM } from '@mikro-orm/postgresql';
import { operationsOf, operationsSignal, type RebuildProgress } from '#libs/contracts/commands/operations.ts';
import { type RebuildSign, rebuildSignal } from '#libs/contracts/commands/standing.ts';
import type { Bus, Stop } from '../bus/bus.ts';
import { answerTo } from '../commands/internal.ts';
import { query } from '../database/query.ts';
import { asWorker } from '../database/scope.ts';
import { AppError, notFound } from '../errors/errors.ts';
import type { Log } from '../log/log.ts';
import { describe } from '../service/loop.ts';
import { lockCheckpoint, moveCheckpoint } from './checkpoint.ts';
import { fetchLog } from './fetch-log.ts';
import type { Projection } from './projection.ts';
import { NotAProjection, rebuild } from './rebuild.ts';
import { parkedOf, unpark } from './unpark.ts';
import { type Consuming, consumerLags, ownEvents } from './watch.ts';

export type OperationsOptions = {
  service: string;
  worker: MikroORM;
  workerUrl: string;
  bus: Bus;
  log: Log;
  projections: readonly Projection[];
  inboxes: readonly Consuming[];
};

const refused = (error: unknown): never => {
  if (error instanceof NotAProjection) throw new AppError('BAD_USER_INPUT', error.message);
  throw error;
};

const tellEvery = 1_000;

/** Runs a rebuild and signals its progress, also while nothing new is read, so that its silence means its end. */
const runRebuild = async (
  options: OperationsOptions,
  projection: Projection,
  job: string,
  compareOnly: boolean,
): Promise<void> => {
  let read = 0;
  const began = performance.now();
  const tell = (progress: RebuildProgress) => {
    options.bus.signal(operationsSignal(options.service, job), progress);
    const ended = progress.state !== 'RUNNING';
    const seconds = Math.floor((performance.now() - began) / 1_000);
    const sign: RebuildSign = { job, consumer: projection.name, compareOnly, seconds, read, ended };
    options.bus.signal(rebuildSignal(options.service), sign);
  };
  const timer = setInterval(() => tell({ state: 'RUNNING', read }), tellEvery);
  try {
    const done = await rebuild({
      ...options,
      projection,
      compareOnly,
      onProgress: (now) => {
        read = now;
      },
    });
    options.log.info({ consumer: projection.name, compareOnly, ...done }, 'rebuild finished');
    tell({ state: 'DONE', ...done, different: [...done.different] });
  } catch (error) {
    options.log.error({ consumer: projection.name, error: describe(error) }, 'rebuild failed');
    tell({ state: 'FAILED', reason: describe(error) });
  } finally {
    clearInterval(timer);
  }
};

/** Answers operators for as long as the service runs: what is behind, what is parked, unpark, rebuild, accept, renew. */
export const serveOperations = async (options: OperationsOptions): Promise<Stop> => {
  const { service, worker, bus, projections } = options;
  const asked = operationsOf(service);
  const running = new Map<string, Promise<void>>();
  const named = (consumer: string): Projection => {
    const found = projections.find(({ name }) => name === consumer);
    if (found === undefined) throw notFound('consumer');
    return found;
  };

  const parked = async () => {
    const all = await Promise.all(
      projections.map(async (projection) =>
        (await parkedOf(worker, projection)).map((each) => ({ consumer: projection.name, ...each })),
      ),
    );
    return all.flat();
  };

  const startRebuild = (consumer: string, job: string, compareOnly: boolean): void => {
    const projection = named(consumer);
    if (projection.tables.length === 0) refused(new NotAProjection(projection));
    if (running.has(consumer)) throw new AppError('BAD_USER_INPUT', `${consumer} is being rebuilt already`);
    const work = runRebuild(options, projection, job, compareOnly).finally(() => running.delete(consumer));
    running.set(consumer, work);
  };

  const accept = async (consumer: string, source: string, seq: number): Promise<void> => {
    const projection = named(consumer);
    if (projection.tables.length > 0)
      throw new AppError('BAD_USER_INPUT', `${consumer} is a projection: rebuild it`);
    if (!projection.sources.includes(source)) throw notFound('source');
    const { head } = await fetchLog(bus, source, seq);
    if (seq > head.seq) throw new AppError('BAD_USER_INPUT', `The log of ${source} ends at ${head.seq}`);
    await asWorker(worker, async (tx) => {
      const { epoch } = await lockCheckpoint(tx, consumer, source);
      if (epoch === head.epoch)
        throw new AppError('BAD_USER_INPUT', `The log of ${source} was not replaced: nothing is skipped`);
      await moveCheckpoint(tx, consumer, source, { seq, epoch: head.epoch });
    });
    options.log.warn({ consumer, source, seq }, 'replaced log accepted');
  };

  const stops = await Promise.all([
    answerTo(bus, asked.lag, async () => ({
      own: await ownEvents(worker),
      consumers: await consumerLags(worker, options.inboxes),
    })),
    answerTo(bus, asked.parked, async () => ({ parked: await parked() })),
    answerTo(bus, asked.unpark, async ({ consumer }) => {
      const projection = named(consumer);
      const applied = await unpark(worker, projection);
      const left = (await parkedOf(worker, projection)).reduce((sum, { events }) => sum + events, 0);
      return { applied, left };
    }),
    answerTo(bus, asked.rebuild, async ({ consumer, job, compareOnly }) => {
      startRebuild(consumer, job, compareOnly);
      return { job };
    }),
    answerTo(bus, asked.renew, async () => {
      const [counter] = await asWorker(worker, (tx) =>
        query<{ seq: string }>(tx, 'update event_counter set epoch = $1::uuid where id = 1 returning seq', [
          randomUUID(),
        ]),
      );
      options.log.warn({ head: counter?.seq }, 'log has a new identity');
      return { head: Number(counter?.seq ?? 0) };
    }),
    answerTo(bus, asked.accept, async ({ consumer, source, seq }) => {
      await accept(consumer, source, seq);
      return { seq };
    }),
  ]);
  return async () => {
    await Promise.all(stops.map((stop) => stop()));
    await Promise.all(running.values());
  };
};
