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
  /** Name of the stream and the subjects it keeps. */
  stream: string;
  subjects: string;
  replicas: number;
  log: Log;
};

const week = 7 * 24 * 3600 * 1e9;
const duplicateWindow = 120e9;
const unknownStream = 10059;
const pauseAfterFailure = 200;
const patience = 1_000;

/** Makes the stream where there is none; a stream that was deleted comes back empty. */
export const ensureStream = async ({ manager, stream, subjects, replicas }: StreamOptions): Promise<void> => {
  try {
    await manager.streams.info(stream);
  } catch (error) {
    if ((error as { code?: number }).code !== unknownStream) throw error;
    await manager.streams.add({
      name: stream,
      subjects: [subjects],
      storage: 'file',
      num_replicas: replicas,
      max_age: week,
      duplicate_window: duplicateWindow,
    });
  }
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
    await loss.orLost(ensureStream(options));
    const asked = client.consumers.get(stream, { deliver_policy: DeliverPolicy.New });
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
