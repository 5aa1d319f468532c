import type { ApolloServer } from '@apollo/server';
import { type ExecutionResult, GraphQLError } from 'graphql';
import { v7 as uuidv7 } from 'uuid';
import type { Tokens } from '#libs/platform/actor/tokens.ts';
import type { Bus } from '#libs/platform/bus/bus.ts';
import { AppError } from '#libs/platform/errors/errors.ts';
import { scopeKeyOf } from '../authorization/scope-key.ts';
import { codedError } from '../coded-error.ts';
import type { GatewayContext } from '../context.ts';
import { maskError } from '../errors.ts';
import type { EventFeeds } from '../events/event-feeds.ts';
import type { Caller } from '../http/caller.ts';
import { Refusal } from '../http/refusal.ts';
import { startTime } from '../http/time.ts';
import { type Changes, createChanges } from './changes.ts';
import { createDocuments, type DocumentParts, type Written } from './documents.ts';
import { noPosition, type Position, readPosition } from './position.ts';
import type { LiveQuery } from './rewrite.ts';
import { Subscriber } from './subscriber.ts';
import { atEndOf, endOf } from './token-end.ts';
import { createTurns } from './turns.ts';
import { type LiveTime, View } from './view.ts';

export type LiveParts = DocumentParts & {
  apollo: ApolloServer<GatewayContext>;
  tokens: Tokens;
  bus: Pick<Bus, 'onSignal'>;
  feeds: EventFeeds;
  time: LiveTime;
};

/** What is the same on every transport: from a subscription as it was written to the updates that its caller gets. */
export type Live = {
  /**
   * Begins a subscription of somebody signed in; `lastSeen` is the position of a caller who comes back by the transport's
   * own means. Throws what the caller is told where it may not be.
   */
  open(caller: Caller, written: Written, lastSeen?: string): Promise<Subscriber>;
  /** What a caller is told of a failure. */
  failed(error: unknown): ExecutionResult;
  stop(): Promise<void>;
};

/** Queries that are run for live views at the same time, so that one event that many watch leaves room for others. */
const mostRuns = 64;

const knownOf = (error: unknown): GraphQLError => {
  if (error instanceof GraphQLError) return error;
  if (error instanceof AppError) return codedError(error.code, error.message);
  return error instanceof Refusal ? codedError(error.code, error.message, error.facts) : codedError('', '');
};

const failed = (error: unknown): ExecutionResult => ({
  errors: [maskError(knownOf(error).toJSON(), uuidv7()) as GraphQLError],
});

const expired = (): ExecutionResult =>
  failed(codedError('UNAUTHENTICATED', '登录已过期。 The token has expired.'));

/** The position to go on from: what the transport says is newer than what stands in the document. */
const positionOf = ({ after }: LiveQuery, lastSeen: string | undefined): Position | undefined => {
  const text = lastSeen || after;
  if (text === undefined) return undefined;
  const position = readPosition(text);
  if (!position) throw noPosition();
  return position;
};

export const createLive = (parts: LiveParts): Live => {
  const { apollo, tokens, config, metrics, time } = parts;
  const prepare = createDocuments(parts);
  const changes = createChanges(parts.bus, parts.feeds);
  const turn = createTurns(mostRuns);
  const views = new Map<string, View>();

  const run = async (caller: Caller, { text, variables }: LiveQuery, ended: AbortSignal) => {
    const actor = await tokens.actorFrom(caller.forwarded.authorization);
    const operationId = uuidv7();
    const limit = startTime(config.REQUEST_TIMEOUT_MS);
    const leave = (): void => limit.breakOff(ended.reason);
    ended.addEventListener('abort', leave);
    if (ended.aborted) leave();
    try {
      const { body } = await apollo.executeOperation(
        { query: text, variables: { ...variables } },
        {
          contextValue: {
            actor,
            operationId,
            forwarded: { ...caller.forwarded, 'x-operation-id': operationId },
            signal: limit.signal,
            origin: 'stream',
          },
        },
      );
      if (body.kind !== 'single') throw new Error('a live query has a single answer');
      return body.singleResult as ExecutionResult;
    } finally {
      ended.removeEventListener('abort', leave);
      limit.stop();
    }
  };

  /** Reading of persons is on record for each reader, and accounts are checked one by one: a view has one caller. */
  const viewOf = (caller: Caller, query: LiveQuery, { feed, watch }: Changes): View => {
    const who = scopeKeyOf(caller, 'personal');
    const key = JSON.stringify([who, query.text, query.variables]);
    const known = views.get(key);
    if (known) return known;
    const view: View = new View({
      ...{ key: query.key, ends: query.field.state.ends, time, failed, hasEvents: feed !== undefined },
      run: (reader, ended) => turn(() => run(reader, query, ended)),
      check: (reader) => tokens.actorFrom(reader.forwarded.authorization),
      place: () => feed?.place(),
      onRun: (readers) => {
        metrics.live.runs.inc();
        metrics.live.shared.inc(readers - 1);
      },
      onEmpty: () => {
        unwatch();
        views.delete(key);
      },
    });
    const unwatch = watch(query.id, view);
    views.set(key, view);
    return view;
  };

  const open: Live['open'] = async (caller, written, lastSeen) => {
    const query = prepare(written);
    const position = positionOf(query, lastSeen);
    const kind = await changes.of(query.field);
    const { feed } = kind;
    if (position?.place) await feed?.reach(position.place);
    const missed =
      position?.place && feed?.countSince(query.field.events?.topic(query.id) ?? '', position.place);
    if (position) metrics.live.resumed.inc({ outcome: outcomeOf(missed, feed !== undefined) });

    const { authorization } = caller.forwarded;
    const timer = atEndOf(authorization, () => subscriber.fail(expired()));
    const view = viewOf(caller, query, kind);
    const subscriber: Subscriber = new Subscriber({
      ...{ caller, expiresAt: endOf(authorization) },
      onCoalesced: () => metrics.live.coalesced.inc(),
      onEnd: () => {
        clearTimeout(timer);
        view.leave(subscriber);
      },
    });
    view.join(subscriber, position, missed);
    return subscriber;
  };

  return { open, failed, stop: changes.stop };
};

const outcomeOf = (missed: number | undefined, hasEvents: boolean): string =>
  !hasEvents ? 'current' : missed === undefined ? 'gap' : missed === 0 ? 'none' : 'events';
