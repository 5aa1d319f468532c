import type { IncomingMessage, ServerResponse } from 'node:http';
import { type ApolloServer, HeaderMap } from '@apollo/server';
import type { Tokens } from '#libs/platform/actor/tokens.ts';
import type { GatewayConfig } from '../config.ts';
import type { GatewayContext } from '../context.ts';
import { addressOf } from './address.ts';
import { readJson } from './body.ts';
import { callerOf } from './caller.ts';
import { CallerGone } from './caller-gone.ts';
import { wrongMethod } from './refusal.ts';
import { startTime } from './time.ts';

/** All that Apollo Server looks at; the caller and what travels on are read from the request itself. */
const looked = ['accept', 'content-type', 'apollo-require-preflight', 'x-apollo-operation-name'];

const headersOf = (request: IncomingMessage): HeaderMap => {
  const headers = new HeaderMap();
  for (const name of looked) {
    const value = request.headers[name];
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  return headers;
};

const searchOf = ({ url = '' }: IncomingMessage): string => {
  const at = url.indexOf('?');
  return at < 0 ? '' : url.slice(at);
};

/** From so many characters on a text is faster written as bytes than handed to the socket. */
const longText = 2_000;

const written = (text: string): string | Buffer => (text.length < longText ? text : Buffer.from(text));

type Parts = { apollo: ApolloServer<GatewayContext>; tokens: Tokens; config: GatewayConfig };

/** Answers one operation over HTTP: POST with a JSON body, or GET. */
export const answerGraphql = async (
  { apollo, tokens, config }: Parts,
  request: IncomingMessage,
  response: ServerResponse,
  operationId: string,
): Promise<void> => {
  const { method = 'GET' } = request;
  if (method !== 'GET' && method !== 'POST') throw wrongMethod('GET, POST');
  const { actor, forwarded: headers } = await callerOf(tokens, request, operationId);
  const forwarded = { ...headers, 'x-caller-address': addressOf(request, config.TRUSTED_PROXIES) };
  const body =
    method === 'POST' ? await readJson(request, config.MAX_BODY_BYTES, config.REQUEST_TIMEOUT_MS) : undefined;
  const time = startTime(config.REQUEST_TIMEOUT_MS);
  response.once('close', () => {
    if (!response.writableFinished) time.breakOff(new CallerGone());
  });
  try {
    const answer = await apollo.executeHTTPGraphQLRequest({
      httpGraphQLRequest: {
        method,
        headers: headersOf(request),
        search: searchOf(request),
        body,
      },
      context: async () => ({ actor, operationId, forwarded, signal: time.signal, origin: 'request' }),
    });
    for (const [name, value] of answer.headers) if (name !== 'cache-control') response.setHeader(name, value);
    response.statusCode = answer.status ?? 200;
    response.end(answer.body.kind === 'complete' ? written(answer.body.string) : undefined);
  } finally {
    time.stop();
  }
};
