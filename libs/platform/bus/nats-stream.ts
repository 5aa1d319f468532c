import { randomUUID } from 'node:crypto';
import {
  type Consumer,
  type ConsumerMessages,
  DeliverPolicy,
  type JetStreamClient,
  type JetStreamManager,
  type JsMsg,
} from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import type { Envelope } from '#libs/contracts/envelope.ts';
import type { Log } from '../log/log.ts';
import { describe } from '../service/loop.ts';
import type { Arrived, Stop } from './bus.ts';
import type { ConnectionLoss } from './connection-loss.ts';
import { decodeOrNothing, orLeave } from './wire.ts';

export type StreamOptions = {
  connection: NatsConnection;
  loss: ConnectionLoss;
  client: JetStreamClient;
  manager: JetStreamManager;
  /** What the name of the stream begins with, and the subjects it keeps. */
  stream: string;
  subjects: string;
  replicas: number;
  log: Log;
};

const week = 7 * 24 * 3600 * 1e9;
const duplicateWindow = 120e9;
/** JetStream's codes: another stream keeps these subjects already; what was sent could not be stored. */
const subjectsTaken = 10065;
const notStored = 10077;
const pauseAfterFailure = 200;
const patience = 1_000;

const codeOf = (error: unknown): unknown => (error as { code?: unknown } | null)?.code;

/** The stream that keeps the subjects now, whatever it is called. */
const findStream = async ({ manager, subjects }: StreamOptions): Promise<string | undefined> =>
  (await manager.streams.names(subjects.replace('>', 'any')).next())[0];

/**
 * Name of the stream; makes it where there is none, empty. Every one has a name of its own: a server removes the files
 * of a deleted stream while it goes on, and would take those of a new one of the same name with them.
 */
export const ensureStream = async (options: StreamOptions): Promise<string> => {
  const found = await findStream(options);
  if (found !== undefined) return found;
  const { manager, stream, subjects, replicas } = options;
  const name = `${stream}_${randomUUID().slice(0, 8)}`;
  try {
    await manager.streams.add({
      name,
      subjects: [subjects],
      storage: 'file',
      num_replicas: replicas,
      max_age: week,
      duplicate_window: duplicateWindow,
    });
    return name;
  } catch (error) {
    const made = codeOf(error) === subjectsTaken ? await findStream(options) : undefined;
    if (made === undefined) throw error;
    return made;
  }
};

/**
 * Puts a stream right that did not take what was sent. One whose files are damaged is given up for a new one: what
 * it held is in the log of its source, where everybody finds it again.
 */
export const mendStream = async (options: StreamOptions, failure: unknown): Promise<void> => {
  const name = await ensureStream(options);
  if (codeOf(failure) !== notStored) return;
  options.log.error({ stream: name }, 'stream cannot store; given up for a new one');
  await options.manager.streams.delete(name);
  await ensureStream(options);
};

/** A message without a number is not one of ours; one that is not JSON is left to the log, which has it whole. */
const arrivedOf = (message: JsMsg): Arrived | undefined => {
  const seq = Number(message.headers?.get('Seq'));
  const epoch = message.headers?.get('Epoch') ?? '';
  const event = decodeOrNothing(message.data) as Envelope | undefined;
  if (!Number.isSafeInteger(seq) || seq < 1 || epoch === '' || event === undefined) return undefined;
  return { seq, epoch, event };
};

/** Signs that the server's side of a consumer is gone. The library's own repair waits up to 30 seconds. */
const interruptions = new Set([
  'heartbeats_missed',
  'consumer_not_found',
  'stream_not_found',
  'consumer_deleted',
  'no_responders',
  'reset',
]);

/**
 * Follows a stream from now on, for as long as the connection lives. Whatever interrupts it (stream deleted, store
 * lost, server restarted, connection lost) ends in a new consumer and a call of `onResumed`: nothing is resumed
 * by position, because events that were missed are read from the source's log.
 */
export const followStream = (
  options: StreamOptions,
  take: (arrived: Arrived) => void,
  onResumed: () => void,
): Stop => {
  const { connection, loss, client, stream, log } = options;
  let stopped = false;
  let current: ConsumerMessages | undefined;
  let release: (() => void) | undefined;

  const watch = async (messages: ConsumerMessages): Promise<void> => {
    for await (const status of messages.status()) if (interruptions.has(status.type)) messages.stop();
  };

  const followOnce = async (): Promise<void> => {
    const name = await loss.orLost(ensureStream(options));
    const asked = client.consumers.get(name, { deliver_policy: DeliverPolicy.New });
    const consumer: Consumer = await loss.orLost(asked);
    if (stopped) return void consumer.delete().catch(() => undefined);
    const messages = await consumer.consume({
      max_messages: 1_000,
      idle_heartbeat: 1_000,
      expires: 10_000,
      abort_on_missing_resource: true,
    });
    current = messages;
    void watch(messages);
    onResumed();
    try {
      for await (const message of messages) {
        const arrived = arrivedOf(message);
        if (arrived !== undefined) take(arrived);
      }
    } finally {
      current = undefined;
      consumer.delete().catch(() => undefined);
    }
  };

  const pause = () =>
    new Promise<void>((resolve) => {
      if (stopped) return resolve();
      const timer = setTimeout(resolve, pauseAfterFailure);
      release = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  const follow = async (): Promise<void> => {
    while (!stopped && !connection.isClosed()) {
      try {
        await followOnce();
        if (!stopped) log.warn({ stream }, 'stream interrupted');
      } catch (error) {
        if (!stopped) log.warn({ stream, error: describe(error) }, 'stream interrupted');
      }
      await pause();
    }
  };

  const forget = loss.onReconnect(() => current?.stop());
  const done = follow();
  return async () => {
    stopped = true;
    current?.stop();
    release?.();
    forget();
    await orLeave(done, patience);
  };
};
