import { type JetStreamClient, type JetStreamManager, jetstream, jetstreamManager } from '@nats-io/jetstream';
import {
  connect,
  errors,
  headers,
  type Msg,
  type MsgHdrs,
  type NatsConnection,
  type Subscription,
} from '@nats-io/transport-node';
import { z } from 'zod';
import type { Envelope } from '#libs/contracts/envelope.ts';
import { unavailable } from '../errors/errors.ts';
import type { Logged, LogHead } from '../events/log.ts';
import type { Log } from '../log/log.ts';
import { describe } from '../service/loop.ts';
import { continuing, outgoingTrace } from '../telemetry/spans.ts';
import type { Arrived, Board, BoardOptions, Bus, Stop } from './bus.ts';
import { type ConnectionLoss, ConnectionLost, watchConnection } from './connection-loss.ts';
import { keepBoard } from './nats-board.ts';
import { followStream, mendStream, type StreamOptions } from './nats-stream.ts';
import { decode, decodeOrNothing, encode, orLeave } from './wire.ts';

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

const patience = 1_000;
const publishTimeout = 5_000;
const Head = z.object({ seq: z.int().min(0), epoch: z.string().min(1) });
const failed = 'Failed';

/** The last part of an event's subject. What cannot be read is carried all the same: its consumer parks it. */
const tokenOf = (event: Envelope | null): string => {
  const type: unknown = event?.type;
  return typeof type === 'string' && /^\w+$/.test(type) ? type : 'unreadable';
};

class NatsBus implements Bus {
  readonly #connection: NatsConnection;
  readonly #loss: ConnectionLoss;
  readonly #client: JetStreamClient;
  readonly #manager: JetStreamManager;
  readonly #options: NatsOptions;

  constructor(connection: NatsConnection, manager: JetStreamManager, options: NatsOptions) {
    this.#connection = connection;
    this.#loss = watchConnection(connection);
    this.#client = jetstream(connection, { timeout: publishTimeout });
    this.#manager = manager;
    this.#options = options;
  }

  #subject(...parts: string[]): string {
    return [this.#options.prefix ?? 'xueji', ...parts].join('.');
  }

  #streamOf(source: string): StreamOptions {
    const name = `${this.#options.prefix ?? 'xueji'}_${source}`.replaceAll(/[^A-Za-z0-9_]/g, '_');
    return {
      connection: this.#connection,
      loss: this.#loss,
      client: this.#client,
      manager: this.#manager,
      stream: name.toUpperCase(),
      subjects: this.#subject('event', source, '>'),
      replicas: this.#options.replicas ?? 1,
      log: this.#options.log,
    };
  }

  async publishEvents(source: string, epoch: string, entries: readonly Logged[]): Promise<void> {
    const send = ({ seq, event }: Logged) => {
      const meta = headers();
      meta.set('Seq', String(seq));
      meta.set('Epoch', epoch);
      return this.#client.publish(this.#subject('event', source, tokenOf(event)), encode(event), {
        msgID: `${epoch}:${seq}`,
        headers: meta,
      });
    };
    const sent = await Promise.allSettled(entries.map((entry) => this.#loss.orLost(send(entry))));
    const failure = sent.find((result) => result.status === 'rejected')?.reason;
    if (failure === undefined) return;
    const silent = failure instanceof ConnectionLost || failure instanceof errors.TimeoutError;
    if (!silent) await mendStream(this.#streamOf(source), failure);
    throw failure;
  }

  async onEvents(
    source: string,
    take: (arrived: Arrived) => void,
    onResumed: () => void = () => undefined,
  ): Promise<Stop> {
    return followStream(this.#streamOf(source), take, onResumed);
  }

  announceHead(source: string, head: LogHead): void {
    this.#connection.publish(this.#subject('head', source), encode(head));
  }

  async onHead(source: string, take: (head: LogHead) => void): Promise<Stop> {
    return this.#listen(this.#subject('head', source), (payload) => {
      const head = Head.safeParse(payload);
      if (head.success) take(head.data);
    });
  }

  async request(subject: string, payload: unknown, timeout: number): Promise<unknown> {
    try {
      const reply = await this.#connection.request(this.#subject('ask', subject), encode(payload), {
        timeout,
        headers: traceHeaders(),
      });
      if (reply.headers?.has(failed)) throw new Error('The answerer failed');
      return decode(reply.data);
    } catch (error) {
      this.#options.log.warn({ subject, error: describe(error) }, 'request failed');
      throw unavailable(subject.split('.')[0] ?? subject);
    }
  }

  async answer(subject: string, handle: (payload: unknown) => Promise<unknown>): Promise<Stop> {
    const underWay = new Set<Promise<void>>();
    const subscription = this.#connection.subscribe(this.#subject('ask', subject), {
      queue: 'answerers',
      callback: (error, message) => {
        if (error) return;
        const work = this.#answerOne(subject, message, handle);
        underWay.add(work);
        void work.finally(() => underWay.delete(work));
      },
    });
    return async () => {
      await stopOf(subscription)();
      await Promise.all(underWay);
    };
  }

  /** Never throws: a request that cannot be answered is told so at once, where the connection still allows it. */
  async #answerOne(
    subject: string,
    message: Msg,
    handle: (payload: unknown) => Promise<unknown>,
  ): Promise<void> {
    try {
      const traceparent = message.headers?.get('traceparent');
      message.respond(encode(await continuing(traceparent, () => handle(decode(message.data)))));
    } catch (failure) {
      this.#options.log.error({ subject, error: describe(failure) }, 'request could not be answered');
      const meta = headers();
      meta.set(failed, '1');
      if (!this.#connection.isClosed()) message.respond(new Uint8Array(), { headers: meta });
    }
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
        const payload = error ? undefined : decodeOrNothing(message.data);
        if (payload !== undefined) take(payload);
      },
    });
    return stopOf(subscription);
  }

  board(name: string, options: BoardOptions): Board {
    const { prefix = 'xueji', replicas = 1, log } = this.#options;
    const [connection, loss, bucket] = [this.#connection, this.#loss, `${prefix}_${name}`];
    return keepBoard({ connection, loss, bucket, replicas, log }, options);
  }

  async isReachable(timeout: number): Promise<boolean> {
    let reached = false;
    const asked = this.#connection.flush().then(() => {
      reached = true;
    });
    await orLeave(asked, timeout);
    return reached;
  }

  async close(): Promise<void> {
    if (this.#connection.isClosed()) return;
    await orLeave(this.#connection.drain(), patience);
    await orLeave(this.#connection.close(), patience);
  }
}

const traceHeaders = (): MsgHdrs | undefined => {
  const { traceparent } = outgoingTrace();
  if (traceparent === undefined) return undefined;
  const meta = headers();
  meta.set('traceparent', traceparent);
  return meta;
};

/** Takes what has arrived already, then no more; does not wait for a server that is gone. */
const stopOf =
  (subscription: Subscription): Stop =>
  async () => {
    if (!subscription.isClosed()) await orLeave(subscription.drain(), patience);
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
