import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createHandler } from 'graphql-sse';
import { unauthenticated } from '#libs/platform/errors/errors.ts';
import { readJson } from '../http/body.ts';
import { type Caller, callerOf } from '../http/caller.ts';
import { Refusal, wrongMethod } from '../http/refusal.ts';
import { createPlaces } from './places.ts';
import { type LiveParts, subscribe } from './subscribe.ts';

type Context = { caller: Caller; ended: AbortSignal };

export type Streams = {
  answer(request: IncomingMessage, response: ServerResponse, operationId: string): Promise<void>;
  /** Breaks off every stream: clients connect again, to another gateway. */
  close(): void;
};

const tooMany = (): Refusal =>
  new Refusal(429, 'RATE_LIMITED', '同时打开的订阅过多。 Too many live streams are open.', {
    'retry-after': '5',
  });

const notAnEventStream = (): Refusal =>
  new Refusal(406, 'BAD_REQUEST', '须接受 text/event-stream。 Accept text/event-stream.');

/**
 * Subscriptions as server-sent events by the GraphQL over SSE protocol, distinct connections mode: one POST, one
 * stream. Only callers who are signed in, each with so many streams at a time.
 */
export const createStreams = (parts: LiveParts): Streams => {
  const { config, metrics, tokens } = parts;
  const places = createPlaces(config.MAX_STREAMS_PER_CALLER, (open) => metrics.streams.set(open));
  const open = new Set<ServerResponse>();
  const handle = createHandler<IncomingMessage, Context>({
    authenticate: () => null,
    onSubscribe: ({ context }, { query, operationName, variables }) =>
      subscribe(parts, {
        ...context,
        query: String(query),
        operationName: operationName ?? undefined,
        variables: { ...variables },
      }),
  });

  const answer: Streams['answer'] = async (request, response, operationId) => {
    if (request.method !== 'POST') throw wrongMethod('POST');
    if (!request.headers.accept?.includes('text/event-stream')) throw notAnEventStream();
    const caller = await callerOf(tokens, request, operationId);
    if (caller.actor === null) throw unauthenticated();
    const leave = places.take(caller.actor.subject);
    if (!leave) throw tooMany();
    const ended = new AbortController();
    open.add(response);
    response.once('close', () => {
      ended.abort();
      open.delete(response);
      leave();
    });
    const body = await readJson(request, config.MAX_BODY_BYTES, config.REQUEST_TIMEOUT_MS);
    const [stream, head] = await handle({
      method: 'POST',
      url: request.url ?? '/',
      headers: {
        get: (name) => (name === 'accept' ? 'text/event-stream' : request.headers[name]?.toString()),
      },
      body: body as Record<PropertyKey, unknown>,
      raw: request,
      context: { caller, ended: ended.signal },
    });
    response.writeHead(head.status, {
      ...head.headers,
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    await send(stream, response, ended.signal);
  };

  return {
    answer,
    close: () => {
      for (const response of open) response.destroy();
    },
  };
};

const send = async (
  stream: string | AsyncGenerator<string, void, undefined> | null,
  response: ServerResponse,
  ended: AbortSignal,
): Promise<void> => {
  if (typeof stream === 'string' || stream === null) {
    response.end(stream ?? undefined);
    return;
  }
  ended.addEventListener('abort', () => void stream.return(undefined), { once: true });
  for await (const part of stream) {
    if (!response.write(part)) await once(response, 'drain', { signal: ended }).catch(() => undefined);
  }
  response.end();
};
