import type { ApolloServer } from '@apollo/server';
import {
  type ExecutionResult,
  GraphQLError,
  type GraphQLSchema,
  parse,
  specifiedRules,
  type ValidationRule,
  validate,
} from 'graphql';
import { decodeJwt } from 'jose';
import { v7 as uuidv7 } from 'uuid';
import type { Tokens } from '#libs/platform/actor/tokens.ts';
import type { Bus } from '#libs/platform/bus/bus.ts';
import { AppError } from '#libs/platform/errors/errors.ts';
import { codedError } from '../coded-error.ts';
import type { GatewayConfig } from '../config.ts';
import type { GatewayContext } from '../context.ts';
import { safelistError } from '../documents/admission.ts';
import { documentId, type Safelist } from '../documents/safelist.ts';
import { maskError } from '../errors.ts';
import type { EventFeeds } from '../events/event-feeds.ts';
import type { Caller } from '../http/caller.ts';
import { startTime } from '../http/time.ts';
import type { GatewayMetrics } from '../metrics.ts';
import { liveFields } from './live-fields.ts';
import { type LiveQuery, rewriteSubscription } from './rewrite.ts';
import { type LiveTime, liveUpdates } from './updates.ts';

export type LiveParts = {
  apollo: ApolloServer<GatewayContext>;
  schema: GraphQLSchema;
  /** Limits of documents, as for requests. */
  rules: readonly ValidationRule[];
  tokens: Tokens;
  bus: Pick<Bus, 'onSignal'>;
  feeds: EventFeeds;
  safelist: Safelist;
  metrics: GatewayMetrics;
  config: GatewayConfig;
  time: LiveTime;
};

/** One subscription as the caller sent it. */
export type Asked = {
  caller: Caller;
  /** Goes off when nobody listens any more. */
  ended: AbortSignal;
  query: string;
  operationName?: string | undefined;
  variables: Record<string, unknown>;
};

const longestTimer = 2 ** 31 - 1;

/** The results of one subscription; what is wrong with it is its first and only result. */
export async function* subscribe(
  parts: LiveParts,
  asked: Asked,
): AsyncGenerator<ExecutionResult, void, undefined> {
  const expiry = new AbortController();
  const timer = setTimeout(() => expiry.abort(), timeLeft(asked.caller.forwarded.authorization)).unref();
  const ended = AbortSignal.any([asked.ended, expiry.signal]);
  try {
    const live = prepare(parts, asked);
    yield* liveUpdates({
      run: () => run(parts, asked, live, ended),
      listen: (wake) => parts.bus.onSignal(live.signal, wake),
      key: live.key,
      ends: live.field.state.ends,
      ended,
      time: parts.time,
    });
    if (expiry.signal.aborted)
      yield failed(codedError('UNAUTHENTICATED', '登录已过期。 The token has expired.'));
  } catch (error) {
    yield failed(error);
  } finally {
    clearTimeout(timer);
  }
}

const timeLeft = (authorization: string | undefined): number => {
  const { exp = 0 } = decodeJwt(authorization?.split(' ')[1] ?? '');
  return Math.min(Math.max(exp * 1000 - Date.now(), 0), longestTimer);
};

const failed = (error: unknown): ExecutionResult => {
  const known =
    error instanceof AppError
      ? codedError(error.code, error.message)
      : error instanceof GraphQLError
        ? error
        : codedError('', '');
  return { errors: [maskError(known.toJSON(), uuidv7()) as GraphQLError] };
};

/** Checks the document as requests are checked, and finds the query behind it. */
const prepare = (parts: LiveParts, { query, operationName, variables }: Asked): LiveQuery => {
  const unlisted = safelistError(parts.config, parts.safelist, parts.metrics, documentId(query));
  if (unlisted) throw unlisted;
  const document = parsed(query, parts.config.MAX_TOKENS);
  const [invalid] = validate(parts.schema, document, [...specifiedRules, ...parts.rules]);
  if (invalid) throw codedError('GRAPHQL_VALIDATION_FAILED', invalid.message);
  const live = rewritten(parts.schema, document, operationName, variables);
  if (!live)
    throw codedError(
      'BAD_REQUEST',
      '此处只接受订阅。 Only subscriptions are served here; send others to /graphql.',
    );
  return live;
};

const parsed = (query: string, maxTokens: number) => {
  try {
    return parse(query, { maxTokens });
  } catch (error) {
    throw codedError('GRAPHQL_PARSE_FAILED', error instanceof Error ? error.message : '');
  }
};

const rewritten = (
  ...[schema, document, operationName, variables]: [
    GraphQLSchema,
    ReturnType<typeof parse>,
    string | undefined,
    Record<string, unknown>,
  ]
) => {
  try {
    return rewriteSubscription(schema, liveFields, document, operationName, variables);
  } catch (error) {
    throw codedError('BAD_USER_INPUT', error instanceof Error ? error.message : '');
  }
};

/** Runs the query once, in the caller's name, whose token is checked anew. */
const run = async (
  { apollo, tokens, config }: LiveParts,
  { caller, operationName, variables }: Asked,
  live: LiveQuery,
  ended: AbortSignal,
): Promise<ExecutionResult> => {
  const actor = await tokens.actorFrom(caller.forwarded.authorization);
  const operationId = uuidv7();
  const time = startTime(config.REQUEST_TIMEOUT_MS);
  try {
    const { body } = await apollo.executeOperation(
      { query: live.text, operationName, variables },
      {
        contextValue: {
          actor,
          operationId,
          forwarded: { ...caller.forwarded, 'x-operation-id': operationId },
          signal: AbortSignal.any([time.signal, ended]),
          origin: 'stream',
        },
      },
    );
    if (body.kind !== 'single') throw new Error('a live query has a single answer');
    return body.singleResult as ExecutionResult;
  } finally {
    time.stop();
  }
};
