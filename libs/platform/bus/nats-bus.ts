import {
  DeliverPolicy,
  jetstream,
  jetstreamManager,
  type JetStreamClient,
  type JetStreamManager,
} from '@nats-io/jetstream';
import { connect, headers, type NatsConnection, type Subscription } from '@nats-io/transport-node';
import type { Envelope } from '#libs/contracts/envelope.ts';
import { unavailable } from '../errors/errors.ts';
import type { Logged, LogHead } from '../events/log.ts';
import type { Log } from '../log/log.ts';
import { describe } from '../service/loop.ts';
import type { Arrived, Bus, Stop } from './bus.ts';

export type NatsOptions = {
  url: string;
  user?: string;
  password?: string;
  name: string;
  log: Log;
  /** Prefix of every subject and stream: lets several systems share one server. */
  prefix?: string;
  replicas?: number;
};

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const encode = (value: unknown): Uint8Array => encoder.encode(JSON.stringify(value));
const decode = (bytes: Uint8Array): unknown => JSON.parse(decoder.decode(bytes));

const week = 7 * 24 * 3600 * 1e9;
const unknownStream = 10059;

class NatsBus implements Bus {
  readonly #connection: NatsConnection;
  readonly #client: JetStreamClient;
  readonly #manager: JetStreamManager;
  readonly #options: NatsOptions;

  constructor(connection: NatsConnection, manager: JetStreamManager, options: NatsOptions) {
    this.#connection = connection;
    this.#client = jetstream(connection, { timeout: 5_000 });
    this.#manager = manager;
    this.#options = options;
  }

  #subject(...parts: string[]): string {
    return [this.#options.prefix ?? 'xueji', ...parts].join('.');
  }

  #stream(source: string): string {
    return `${this.#options.prefix ?? 'xueji'}_${source}`.replaceAll(/[^A-Za-z0-9_]/g, '_').toUpperCase();
  }

  async #ensureStream(source: string): Promise<void> {
    try {
      await this.#manager.streams.info(this.#stream(source));
    } catch (error) {
      if ((error as { code?: number }).code !== unknownStream) throw error;
      await this.#manager.streams.add({
        name: this.#stream(source),
        subjects: [this.#subject('event', source, '>')],
        storage: 'file',
        num_replicas: this.#options.replicas ?? 1,
        max_age: week,
        duplicate_window: 120e9,
      });
    }
  }

  async publishEvents(source: string, epoch: string, entries: readonly Logged[]): Promise<void> {
    const send = ({ seq, event }: Logged) => {
      const meta = headers();
      meta.set('Seq', String(seq));
      meta.set('Epoch', epoch);
      return this.#client.publish(this.#subject('event', source, event.type), encode(event), {
        msgID: `${epoch}:${seq}`,
        headers: meta,
      });
    };
    try {
      await Promise.all(entries.map(send));
    } catch (error) {
      await this.#ensureStream(source);
      throw error;
    }
  }

  async onEvents(source: string, take: (arrived: Arrived) => void): Promise<Stop> {
    let stopped = false;
    let current: { close(): Promise<unknown> } | undefined;
    const follow = async (): Promise<void> => {
      while (!stopped && !this.#connection.isClosed()) {
        try {
          await this.#ensureStream(source);
          const consumer = await this.#client.consumers.get(this.#stream(source), {
            deliver_policy: DeliverPolicy.New,
          });
          const messages = await consumer.consume({ max_messages: 1_000, idle_heartbeat: 2_000 });
          current = messages;
          for await (const message of messages) {
            const seq = Number(message.headers?.get('Seq'));
            const epoch = message.headers?.get('Epoch') ?? '';
            take({ seq, epoch, event: decode(message.data) as Envelope });
          }
        } catch (error) {
          this.#options.log.warn({ source, error: describe(error) }, 'stream interrupted');
        }
        if (!stopped) await new Promise((resolve) => setTimeout(resolve, 200));
      }
    };
    const done = follow();
    return async () => {
      stopped = true;
      await current?.close();
      await done;
    };
  }

  announceHead(source: string, head: LogHead): void {
    this.#connection.publish(this.#subject('head', source), encode(head));
  }

  async onHead(source: string, take: (head: LogHead) => void): Promise<Stop> {
    return this.#listen(this.#subject('head', source), (payload) => take(payload as LogHead));
  }

  async request(subject: string, payload: unknown, timeout: number): Promise<unknown> {
    try {
      const reply = await this.#connection.request(this.#subject('ask', subject), encode(payload), {
        timeout,
      });
      return decode(reply.data);
    } catch (error) {
      this.#options.log.warn({ subject, error: describe(error) }, 'request failed');
      throw unavailable(subject.split('.')[0] ?? subject);
    }
  }

  async answer(subject: string, handle: (payload: unknown) => Promise<unknown>): Promise<Stop> {
    const subscription = this.#connection.subscribe(this.#subject('ask', subject), {
      queue: 'answerers',
      callback: (error, message) => {
        if (error) return;
        handle(decode(message.data)).then(
          (reply) => message.respond(encode(reply)),
          (failure: unknown) =>
            this.#options.log.error({ subject, error: describe(failure) }, 'request could not be answered'),
        );
      },
    });
    return stopOf(subscription);
  }

  signal(subject: string, payload: unknown): void {
    if (!this.#connection.isClosed())
      this.#connection.publish(this.#subject('signal', subject), encode(payload));
  }

  async onSignal(subject: string, take: (payload: unknown) => void): Promise<Stop> {
    return this.#listen(this.#subject('signal', subject), take);
  }

  #listen(subject: string, take: (payload: unknown) => void): Stop {
    const subscription = this.#connection.subscribe(subject, {
      callback: (error, message) => {
        if (!error) take(decode(message.data));
      },
    });
    return stopOf(subscription);
  }

  async close(): Promise<void> {
    if (!this.#connection.isClosed()) await this.#connection.drain();
  }
}

const stopOf =
  (subscription: Subscription): Stop =>
  async () => {
    if (!subscription.isClosed()) await subscription.drain();
  };

/** Connects to a NATS server with JetStream; reconnects for as long as the process lives. */
export const connectNats = async (options: NatsOptions): Promise<Bus> => {
  const connection = await connect({
    servers: options.url,
    user: options.user,
    pass: options.password,
    name: options.name,
    maxReconnectAttempts: -1,
    reconnectTimeWait: 250,
    ignoreAuthErrorAbort: true,
    noAsyncTraces: true,
  });
  return new NatsBus(connection, await jetstreamManager(connection), options);
};
