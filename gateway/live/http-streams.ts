import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Tokens } from '#libs/platform/actor/tokens.ts';
import { unauthenticated } from '#libs/platform/errors/errors.ts';
import type { GatewayConfig } from '../config.ts';
import { addressHeader } from '../http/address.ts';
import { readJson } from '../http/body.ts';
import { callerOf } from '../http/caller.ts';
import { Refusal, wrongMethod } from '../http/refusal.ts';
import type { Answer } from '../http/server.ts';
import type { RateLimits } from '../limits/rate-limits.ts';
import type { GatewayMetrics } from '../metrics.ts';
import { type Format, formatOf } from './formats.ts';
import type { Live } from './live.ts';
import { payloadOf } from './payload.ts';
import type { Places } from './places.ts';
import type { Subscriber } from './subscriber.ts';

export type TransportParts = {
  live: Live;
  /** Streams of each caller, whichever way they came. */
  places: Places;
  tokens: Tokens;
  rates: Pick<RateLimits, 'admit'>;
  metrics: GatewayMetrics;
  config: GatewayConfig;
};

export type HttpStreams = {
  answer: Answer;
  /** True where a request to the address of operations asks for a stream. */
  isAskedFor(request: IncomingMessage): boolean;
  /** Breaks off every stream: clients connect again, to another gateway, and go on from their position. */
  close(): void;
};

const tooMany = (): Refusal =>
  new Refusal(429, 'RATE_LIMITED', '同时打开的订阅过多。 Too many live streams are open.', {
    'retry-after': '5',
  });

const notAStream = (): Refusal =>
  new Refusal(
    406,
    'BAD_REQUEST',
    '须接受 text/event-stream 或 multipart/mixed;subscriptionSpec=1.0。 Accept text/event-stream or multipart/mixed;subscriptionSpec=1.0.',
  );

type Open = { response: ServerResponse; format: Format };

/** Subscriptions as the answer to a POST, one for each: server-sent events or multipart. For callers who are signed in. */
export const createHttpStreams = ({
  live,
  places,
  tokens,
  rates,
  metrics,
  config,
}: TransportParts): HttpStreams => {
  const open = new Set<Open>();
  const heart = setInterval(() => {
    for (const { response, format } of open) {
      const isIdle = response.headersSent && !response.writableNeedDrain && !response.writableEnded;
      if (isIdle) response.write(format.heartbeat);
    }
  }, config.STREAM_HEARTBEAT_MS).unref();

  /** Waits until the reader has taken what was written; one that takes too long is dropped. */
  const drained = async ({ response, format }: Open): Promise<void> => {
    if (response.destroyed || response.writableFinished) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(() => {
      metrics.live.dropped.inc({ transport: format.name });
      response.destroy();
    }, config.STREAM_DRAIN_MS);
    response.once('drain', resolve);
    response.once('close', resolve);
    await promise;
    clearTimeout(timer);
    response.off('drain', resolve);
    response.off('close', resolve);
  };

  const send = async (stream: Open, subscriber: Subscriber): Promise<void> => {
    const { response, format } = stream;
    for await (const update of subscriber) {
      metrics.live.updates.inc({ transport: format.name });
      if (!response.write(format.next(payloadOf(update), update.position))) await drained(stream);
    }
    response.end(format.complete);
    await drained(stream);
  };

  const begin = (stream: Open, leave: () => void): void => {
    const { response, format } = stream;
    open.add(stream);
    metrics.streams.inc({ transport: format.name });
    response.once('close', () => {
      open.delete(stream);
      metrics.streams.dec({ transport: format.name });
      leave();
    });
  };

  const answer: Answer = async (request, response, operationId) => {
    if (request.method !== 'POST') throw wrongMethod('POST');
    const format = formatOf(request.headers.accept);
    if (!format) throw notAStream();
    const { actor, forwarded } = await callerOf(tokens, request, operationId);
    if (actor === null) throw unauthenticated();
    rates.admit(actor, request);
    const caller = { actor, forwarded: { ...forwarded, ...addressHeader(request, config.TRUSTED_PROXIES) } };
    const leave = places.take(actor.subject);
    if (!leave) throw tooMany();
    const stream = { response, format };
    begin(stream, leave);
    const written = await readJson(request, config.MAX_BODY_BYTES, config.REQUEST_TIMEOUT_MS);
    response.writeHead(200, { ...format.headers, 'x-accel-buffering': 'no' });
    response.write(format.opening);
    try {
      const subscriber = await live.open(caller, written, request.headers['last-event-id']?.toString());
      if (response.destroyed) return void subscriber.return();
      response.once('close', () => void subscriber.return());
      await send(stream, subscriber);
    } catch (error) {
      response.end(format.next(live.failed(error), undefined) + format.complete);
    }
  };

  return {
    answer,
    isAskedFor: ({ method, headers }) => method === 'POST' && formatOf(headers.accept) !== undefined,
    close: () => {
      clearInterval(heart);
      for (const { response } of open) response.destroy();
    },
  };
};
