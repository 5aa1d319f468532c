import type { MikroORM } from '@mikro-orm/postgresql';
import type { Envelope } from '#libs/contracts/envelope.ts';
import type { Bus } from '../bus/bus.ts';
import type { Tx } from '../database/orm.ts';
import { execute, query } from '../database/query.ts';
import { asWorker } from '../database/scope.ts';
import type { Log } from '../log/log.ts';
import { until, type Loop } from '../service/loop.ts';
import { headOf, type LogHead } from './log.ts';
import { chooseForLog } from './relay-order.ts';

const batchSize = 1000;
const publishWindow = 500;

type OutboxRow = { aggregate: string; version: number; type: string; event: Envelope };

/** Moves waiting rows into the log with gapless numbers; fenced by the lock on the counter row. */
const sequence = (orm: MikroORM): Promise<number> =>
  asWorker(orm, async (tx) => {
    const [counter] = await query<{ seq: string }>(
      tx,
      'select seq from event_counter where id = 1 for update',
    );
    if (counter === undefined) throw new Error('The event counter is missing');
    const waiting = await query<OutboxRow>(
      tx,
      `select aggregate_id as aggregate, version, type, event from outbox
       order by recorded_at, aggregate_id, version limit $1`,
      [batchSize],
    );
    if (waiting.length === 0) return 0;
    const chosen = chooseForLog(waiting, await loggedVersions(tx, waiting));
    await append(tx, Number(counter.seq), chosen);
    return chosen.length;
  });

const loggedVersions = async (tx: Tx, waiting: readonly OutboxRow[]): Promise<Map<string, number>> => {
  const rows = await query<{ aggregate: string; version: number }>(
    tx,
    `select aggregate_id as aggregate, max(version) as version from event_log
     where aggregate_id = any($1::text[]) group by aggregate_id`,
    [[...new Set(waiting.map((row) => row.aggregate))]],
  );
  return new Map(rows.map((row) => [row.aggregate, row.version]));
};

const append = async (tx: Tx, last: number, chosen: readonly OutboxRow[]): Promise<void> => {
  if (chosen.length === 0) return;
  const aggregates = chosen.map((row) => row.aggregate);
  const versions = chosen.map((row) => row.version);
  await execute(
    tx,
    `insert into event_log (seq, aggregate_id, version, type, event)
     select $1::bigint + n, a, v, t, e
     from unnest($2::text[], $3::int[], $4::text[], $5::jsonb[]) with ordinality as row (a, v, t, e, n)`,
    [
      last,
      aggregates,
      versions,
      chosen.map((row) => row.type),
      chosen.map((row) => JSON.stringify(row.event)),
    ],
  );
  await execute(
    tx,
    `delete from outbox where (aggregate_id, version) in (select a, v from unnest($1::text[], $2::int[]) as row (a, v))`,
    [aggregates, versions],
  );
  await execute(tx, 'update event_counter set seq = $1 where id = 1', [last + chosen.length]);
};

/** Publishes what the log holds beyond the mark of what was published; moves the mark after the broker's word. */
const publish = async (orm: MikroORM, bus: Bus, source: string): Promise<number> => {
  const { rows, epoch } = await asWorker(orm, async (tx) => ({
    epoch: (await headOf(tx)).epoch,
    rows: await query<{ seq: string; event: Envelope }>(
      tx,
      `select seq, event from event_log where seq > (select seq from event_published where id = 1)
       order by seq limit $1`,
      [publishWindow],
    ),
  }));
  if (rows.length === 0) return 0;
  const entries = rows.map((row) => ({ seq: Number(row.seq), event: row.event }));
  await bus.publishEvents(source, epoch, entries);
  const last = entries.at(-1)?.seq ?? 0;
  await asWorker(orm, (tx) =>
    execute(tx, 'update event_published set seq = greatest(seq, $1) where id = 1', [last]),
  );
  return rows.length;
};

export type Relay = Loop & { head(): Promise<LogHead> };

export type RelayOptions = {
  source: string;
  orm: MikroORM;
  bus: Bus;
  log: Log;
  /** Pause between two looks at an empty outbox, milliseconds. */
  pollEvery?: number;
  /** How often the end of the log is announced, milliseconds. */
  announceEvery?: number;
};

/**
 * The relay of one service: outbox -> log -> stream. Any number may run; the counter row's lock lets one at a
 * time give numbers, and publishing twice is harmless (message ids, checkpoints).
 */
export const startRelay = (options: RelayOptions): Relay => {
  const { source, orm, bus, log } = options;
  const head = () => asWorker(orm, headOf);
  let announcedAt = 0;
  let announcedSeq = -1;
  const announce = async (): Promise<void> => {
    const due = performance.now() - announcedAt >= (options.announceEvery ?? 1000);
    const current = await head();
    if (!due && current.seq === announcedSeq) return;
    bus.announceHead(source, current);
    announcedAt = performance.now();
    announcedSeq = current.seq;
  };
  const loop = until({
    name: `relay ${source}`,
    log,
    idle: options.pollEvery ?? 50,
    step: async () => {
      const moved = await sequence(orm);
      const published = await publish(orm, bus, source);
      await announce();
      return moved + published > 0;
    },
  });
  return { ...loop, head };
};
