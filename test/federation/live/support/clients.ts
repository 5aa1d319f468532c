import type { GraphQLFormattedError } from 'graphql';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';

/** What a client of a stream gets. */
export type Seen = {
  data?: Record<string, unknown> | null;
  errors?: readonly GraphQLFormattedError[];
  extensions?: { live?: { position: string; events?: number; gap?: boolean } };
};

export type Asked = {
  url: string;
  bearer: string;
  body: Record<string, unknown>;
  headers?: Record<string, string>;
};

/** The updates of one subscription; ends when the server says so, throws when the connection breaks. `return` leaves. */
export type Stream = AsyncGenerator<Seen, undefined, undefined>;

export type Transport = 'sse' | 'multipart' | 'websocket';

export const transports: readonly Transport[] = ['sse', 'multipart', 'websocket'];

const post = async ({ url, bearer, body, headers }: Asked, accept: string, gone: AbortSignal) => {
  const response = await fetch(`${url}/graphql/stream`, {
    method: 'POST',
    headers: { accept, 'content-type': 'application/json', authorization: bearer, ...headers },
    body: JSON.stringify(body),
    signal: gone,
  });
  if (response.status !== 200) throw new Error(`refused with ${response.status}`);
  return response.body?.pipeThrough(new TextDecoderStream()) ?? [];
};

/** What stands before each separator, as it comes. */
async function* pieces(chunks: AsyncIterable<string>, separator: string): AsyncGenerator<string> {
  let text = '';
  for await (const chunk of chunks) {
    text += chunk;
    for (let end = text.indexOf(separator); end >= 0; end = text.indexOf(separator)) {
      yield text.slice(0, end);
      text = text.slice(end + separator.length);
    }
  }
}

async function* overSse(asked: Asked): Stream {
  const gone = new AbortController();
  try {
    const chunks = (await post(asked, 'text/event-stream', gone.signal)) as AsyncIterable<string>;
    for await (const piece of pieces(chunks, '\n\n')) {
      const fields = new Map(
        piece.split('\n').map((line) => [line.split(':')[0], line.slice(line.indexOf(':') + 1).trim()]),
      );
      if (fields.get('event') === 'complete') return undefined;
      if (fields.get('event') !== 'next') continue;
      const seen: Seen = JSON.parse(fields.get('data') ?? '');
      if (seen.extensions?.live?.position !== fields.get('id')) throw new Error('id is not the position');
      yield seen;
    }
    throw new Error('the stream broke off');
  } finally {
    gone.abort();
  }
}

async function* overMultipart(asked: Asked): Stream {
  const gone = new AbortController();
  try {
    const accept = 'multipart/mixed;boundary="graphql";subscriptionSpec=1.0,application/json';
    const chunks = (await post(asked, accept, gone.signal)) as AsyncIterable<string>;
    for await (const piece of pieces(chunks, '\r\n--graphql')) {
      if (piece.startsWith('--')) return undefined;
      const [, body] = piece.split('\r\n\r\n');
      const part: { payload?: Seen } = JSON.parse(body || '{}');
      if (part.payload) yield part.payload;
    }
    return undefined;
  } finally {
    gone.abort();
  }
}

const codeOf = (event: unknown): unknown => (event as { code?: unknown } | null)?.code;

async function* overWebSocket({ url, bearer, body, headers }: Asked): Stream {
  const client = createClient({
    url: `${url.replace('http', 'ws')}/graphql/stream`,
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    connectionParams: { authorization: bearer, ...headers },
  });
  try {
    for await (const seen of client.iterate(body as { query: string })) yield seen as Seen;
    return undefined;
  } catch (error) {
    if (!Array.isArray(error))
      throw error instanceof Error ? error : new Error(`closed with ${codeOf(error)}`);
    yield { errors: error };
    return undefined;
  } finally {
    await client.dispose();
  }
}

const clients = { sse: overSse, multipart: overMultipart, websocket: overWebSocket };

/** Subscribes; nothing is sent before the first update is asked for. */
export const subscribe = (transport: Transport, asked: Asked): Stream => clients[transport](asked);

/** The position that an update came with. */
export const positionOf = (seen: Seen | undefined): string => {
  const position = seen?.extensions?.live?.position;
  if (position === undefined) throw new Error('no position');
  return position;
};

/** How a client says where it goes on from: by the transport's own means, or as an argument. */
export const from = (transport: Transport, position: string | undefined) =>
  transport === 'sse' && position !== undefined ? { headers: { 'last-event-id': position } } : {};
