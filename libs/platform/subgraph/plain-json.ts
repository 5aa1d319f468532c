import type { ApolloServerPlugin } from '@apollo/server';
import type { GraphQLFormattedError } from 'graphql';

/** What an operation is refused with when the request around it was well formed. */
const ofOperations: ReadonlySet<unknown> = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
]);

const asksForPlainJson = (accept: string | undefined): boolean =>
  accept !== undefined && /(^|,)\s*application\/json\s*(;|,|$)/.test(accept) && !accept.includes('graphql-');

/**
 * The status of an answer whose caller asks for `application/json` by name: GraphQL over HTTP has 200 there for every well-formed
 * request, also for a document that does not parse, does not fit the schema, or whose variables do not fit. Whoever asks for
 * `application/graphql-response+json`, or says nothing, gets the 400 that says the same.
 */
export const acceptedStatus = (
  status: number | undefined,
  accept: string | undefined,
  errors: readonly GraphQLFormattedError[] = [],
): number | undefined =>
  status === 400 &&
  asksForPlainJson(accept) &&
  errors.every(({ extensions }) => ofOperations.has(extensions?.code))
    ? 200
    : status;

/** Gives the answers of a server that status. */
export const plainJson = <Context extends object>(): ApolloServerPlugin<Context> => ({
  requestDidStart: async () => ({
    willSendResponse: async ({ request, response }) => {
      const errors = response.body.kind === 'single' ? response.body.singleResult.errors : undefined;
      const status = acceptedStatus(response.http.status, request.http?.headers.get('accept'), errors);
      if (status !== undefined) response.http.status = status;
    },
  }),
});
