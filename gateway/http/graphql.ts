import type { IncomingMessage, ServerResponse } from 'node:http';
import { type ApolloServer, HeaderMap } from '@apollo/server';
import type { Tokens } from '#libs/platform/actor/tokens.ts';
import { acceptedStatus } from '#libs/platform/subgraph/plain-json.ts';
import type { GatewayConfig } from '../config.ts';
import type { GatewayContext } from '../context.ts';
import type { RateLimits } from '../limits/rate-limits.ts';
import type { Way } from '../operation/asked.ts';
import type { Finished } from '../operation/finished.ts';
import type { CurrentGraph } from '../serving/current-graph.ts';
import type { ServedGraph } from '../serving/served-graph.ts';
import { addressHeader } from './address.ts';
import { readJson } from './body.ts';
import { callerOf } from './caller.ts';
import { CallerGone } from './caller-gone.ts';
import { plainMediaType } from './media-type.ts';
import { wrongMethod } from './refusal.ts';
import { startTime } from './time.ts';
import { written } from './written.ts';

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

type Parts = {
  current: Pick<CurrentGraph, 'now'>;
  tokens: Tokens;
  rates: Pick<RateLimits, 'admit'>;
  config: GatewayConfig;
};

/** Answers one operation over HTTP: POST with a JSON body, or GET. What is not known yet goes to Apollo Server. */
export const answerGraphql = async (
  { current, tokens, rates, config }: Parts,
  request: IncomingMessage,
  response: ServerResponse,
  operationId: string,
): Promise<void> => {
  const { method = 'GET' } = request;
  if (method !== 'GET' && method !== 'POST') throw wrongMethod('GET, POST');
  const { actor, forwarded: headers } = await callerOf(tokens, request, operationId);
  rates.admit(actor, request);
  const forwarded = { ...headers, ...addressHeader(request, config.TRUSTED_PROXIES) };
  const body =
    method === 'POST' ? await readJson(request, config.MAX_BODY_BYTES, config.REQUEST_TIMEOUT_MS) : undefined;
  const time = startTime(config.REQUEST_TIMEOUT_MS);
  response.once('close', () => {
    if (!response.writableFinished) time.breakOff(new CallerGone());
  });
  const context: GatewayContext = { actor, operationId, forwarded, signal: time.signal, origin: 'request' };
  const served = current.now();
  try {
    await served.during(() => answerFrom(served, request, response, body, context));
  } finally {
    time.stop();
  }
};

const way: Way = { method: 'POST', bare: false, origin: 'request' };

const answerFrom = async (
  { apollo, operations }: ServedGraph,
  request: IncomingMessage,
  response: ServerResponse,
  body: object | undefined,
  context: GatewayContext,
): Promise<void> => {
  const mediaType = plainMediaType(request.headers.accept);
  const asked = body && mediaType ? operations.known.asked(body) : undefined;
  if (!asked || !mediaType) return throughApollo(apollo, request, response, body, context);
  send(request, response, mediaType, await operations.answer(asked, way, context));
};

/** An answer in the form that `accept` asks for. */
const send = (
  { headers: { accept } }: IncomingMessage,
  response: ServerResponse,
  mediaType: string,
  { status, headers, errors, text, isByteText }: Finished,
): void => {
  for (const [name, value] of headers) response.setHeader(name, value);
  response.setHeader('content-type', mediaType);
  response.statusCode = acceptedStatus(status, accept, errors) ?? status;
  if (isByteText) response.end(text, 'latin1');
  else response.end(written(text));
};

const throughApollo = async (
  apollo: ApolloServer<GatewayContext>,
  request: IncomingMessage,
  response: ServerResponse,
  body: object | undefined,
  context: GatewayContext,
): Promise<void> => {
  const { method = 'GET' } = request;
  const answer = await apollo.executeHTTPGraphQLRequest({
    httpGraphQLRequest: { method, headers: headersOf(request), search: searchOf(request), body },
    context: async () => context,
  });
  for (const [name, value] of answer.headers) if (name !== 'cache-control') response.setHeader(name, value);
  response.statusCode = answer.status ?? 200;
  response.end(answer.body.kind === 'complete' ? written(answer.body.string) : undefined);
};
