import type { ExecutionResult } from 'graphql';

/** How a stream of updates is written into the answer to a POST. */
export type Format = {
  name: 'sse' | 'multipart';
  headers: Readonly<Record<string, string>>;
  opening: string;
  next(payload: ExecutionResult, position: string | undefined): string;
  heartbeat: string;
  /** Nothing follows: the client need not come back. */
  complete: string;
};

/** GraphQL over server-sent events, distinct connections mode; the position is the id of an event. */
export const serverSentEvents: Format = {
  name: 'sse',
  headers: { 'content-type': 'text/event-stream; charset=utf-8' },
  opening: ':\n\n',
  next: (payload, position) =>
    `${position === undefined ? '' : `id: ${position}\n`}event: next\ndata: ${JSON.stringify(payload)}\n\n`,
  heartbeat: ':\n\n',
  complete: 'event: complete\ndata:\n\n',
};

const part = (content: unknown): string =>
  `\r\ncontent-type: application/json; charset=utf-8\r\n\r\n${JSON.stringify(content)}\r\n--graphql`;

/** Apollo's multipart protocol for subscriptions; a part is closed at once, so that its reader need not wait for the next. */
export const multipart: Format = {
  name: 'multipart',
  headers: { 'content-type': 'multipart/mixed;boundary="graphql";subscriptionSpec=1.0' },
  opening: '\r\n--graphql',
  next: (payload) => part({ payload }),
  heartbeat: part({}),
  complete: '--\r\n',
};

const wantsMultipart = /multipart\/mixed\s*;[^,]*subscriptionspec\s*=\s*"?1\.0/i;

/** The format that a client asks for; undefined where it asks for none of ours. */
export const formatOf = (accept: string | undefined): Format | undefined => {
  if (accept?.includes('text/event-stream')) return serverSentEvents;
  return wantsMultipart.test(accept ?? '') ? multipart : undefined;
};
