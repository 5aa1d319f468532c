import { GraphQLError } from 'graphql';
import { codedError } from '../coded-error.ts';
import { CallFailed } from './call-failed.ts';

/** What of an operation was sent to a subgraph: its kind, and the keys of its root fields. */
export type Part = { isMutation: boolean; rootKeys: readonly string[] };

/** Why a service did not answer: it was not asked, took too long, or did not answer as it should. */
export type Reason = 'NOT_REACHED' | 'TIMED_OUT' | 'NO_ANSWER';

/** Whether a change was made by a service that did not answer. */
export type Outcome = 'NOT_DONE' | 'UNKNOWN';

/** An entity fetch that failed names at most so many of its places. */
const mostPlaces = 50;

const texts = {
  read: '服务暂不可用，请稍后重试。 A service is not available now; try again.',
  NOT_DONE:
    '服务暂不可用，本次未办理；请稍后以同一幂等键（idempotencyKey）重新提交。 Not available now: nothing was done. Send it again later with the same idempotencyKey.',
  UNKNOWN:
    '服务未答复，是否已办理尚不知道；请以同一幂等键（idempotencyKey）重新提交，不会重复办理。 No answer came: whether this was done is unknown. Send it again with the same idempotencyKey; it is never done twice.',
};

const reasonOf = (failure: unknown): Reason => {
  if (!(failure instanceof CallFailed)) return 'NO_ANSWER';
  if (failure.limit === 'late') return 'TIMED_OUT';
  return failure.stage === 'unsent' ? 'NOT_REACHED' : 'NO_ANSWER';
};

/**
 * The errors of a part without an answer: SERVICE_UNAVAILABLE at each of its root fields, or at the entities that it was to
 * complete, with the reason. A mutation's says also whether it may have been done.
 */
export const unavailable = (part: Part, representations: unknown, failure: unknown): GraphQLError[] => {
  const outcome: Outcome =
    failure instanceof CallFailed && failure.stage === 'unsent' ? 'NOT_DONE' : 'UNKNOWN';
  const facts = { reason: reasonOf(failure), ...(part.isMutation ? { outcome } : {}) };
  const { message, extensions } = codedError(
    'SERVICE_UNAVAILABLE',
    texts[part.isMutation ? outcome : 'read'],
    facts,
  );
  const paths: (string | number)[][] = Array.isArray(representations)
    ? representations.slice(0, mostPlaces).map((_, index) => ['_entities', index])
    : part.rootKeys.map((key) => [key]);
  return paths.map((path) => new GraphQLError(message, { path, extensions }));
};
