import type { MikroORM } from '@mikro-orm/postgresql';
import type { Bus } from '../bus/bus.ts';
import { singleRow } from '../database/scope.ts';
import type { Log } from '../log/log.ts';
import { type Loop, until } from '../service/loop.ts';
import { headOf, type LogHead } from './log.ts';
import { publishNext } from './publish.ts';
import { sequence } from './sequence.ts';

/** What is under way at the source: rows without a number, and numbered events not yet published. */
export type RelayState = { head: LogHead; published: number; waiting: boolean };

/** By the index: rows that were moved away leave no trace there, while the table keeps their space for a while. */
const anyWaiting =
  '(select true from outbox order by recorded_at, aggregate_id, version limit 1) is not null';

export const relayState = async (orm: MikroORM): Promise<RelayState> => {
  const row = await singleRow<{ seq: string; epoch: string; published: string; waiting: boolean }>(
    orm,
    `select counter.seq, epoch, published.seq as published, ${anyWaiting} as waiting
     from event_counter as counter, event_published as published where counter.id = 1 and published.id = 1`,
  );
  return {
    head: { seq: Number(row.seq), epoch: row.epoch },
    published: Number(row.published),
    waiting: row.waiting,
  };
};

export type Relay = Loop & { head(): Promise<LogHead> };

export type RelayOptions = {
  source: string;
  orm: MikroORM;
  bus: Bus;
  log: Log;
  /** Pause between two looks at an empty outbox that nobody told of, milliseconds. */
  pollEvery?: number;
  /** How often the end of the log is announced, milliseconds. */
  announceEvery?: number;
};

/** Whoever commits events wakes the relay of the same process; others find them by looking. */
const pollEvery = 1_000;
const publishPollEvery = 1_000;
/** After fewer rows than these more are waited for, so that they get their numbers together (milliseconds). */
const fewRows = 50;
const gather = 50;

/**
 * The relay of one service: outbox -> log -> stream. Any number may run; the counter row's lock lets one at a
 * time give numbers, and publishing twice is harmless (message ids, checkpoints).
 *
 * Two workers: giving numbers and announcing the head need the database only and go on when the stream is out of
 * order, so that consumers can read the log meanwhile.
 */
export const startRelay = (options: RelayOptions): Relay => {
  const { source, orm, bus, log } = options;
  let announced: LogHead = { seq: -1, epoch: '' };
  let announcedAt = Number.NEGATIVE_INFINITY;
  let sequenced = 0;

  const announce = (head: LogHead): void => {
    const due = performance.now() - announcedAt >= (options.announceEvery ?? 1000);
    if (!due && head.seq === announced.seq && head.epoch === announced.epoch) return;
    bus.announceHead(source, head);
    announced = head;
    announcedAt = performance.now();
  };

  const publisher = until({
    name: `publisher ${source}`,
    log,
    idle: publishPollEvery,
    step: async () => (await publishNext(orm, bus, source)) > 0,
  });

  const sequencer = until({
    name: `relay ${source}`,
    log,
    idle: options.pollEvery ?? pollEvery,
    busy: () => (sequenced < fewRows ? gather : 0),
    step: async () => {
      const { head, published, waiting } = await relayState(orm);
      if (published < head.seq) publisher.wake();
      announce(head);
      if (!waiting) return false;
      sequenced = await sequence(orm);
      if (sequenced > 0) publisher.wake();
      return sequenced > 0;
    },
  });

  return {
    wake: sequencer.wake,
    idle: async () => {
      await sequencer.idle();
      await publisher.idle();
    },
    stop: async () => {
      await Promise.all([sequencer.stop(), publisher.stop()]);
    },
    head: () => headOf(orm),
  };
};
