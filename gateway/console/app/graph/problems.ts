import { CombinedGraphQLErrors } from '@apollo/client/errors';
import type { GraphQLFormattedError } from 'graphql';

/** What the graph said against a part of an answer: its stable code, its message in both languages, where. */
export type Problem = { code: string; message: string; path: readonly (string | number)[] };

const codeOf = ({ extensions }: GraphQLFormattedError): string => String(extensions?.code ?? 'INTERNAL');

export const hasCode =
  (code: string) =>
  (error: GraphQLFormattedError): boolean =>
    codeOf(error) === code;

/** Everything that an answer complains of; a failure on the way is SERVICE_UNAVAILABLE. */
export const problemsOf = (error: unknown): Problem[] => {
  if (error === undefined || error === null) return [];
  if (!CombinedGraphQLErrors.is(error)) return [{ code: 'SERVICE_UNAVAILABLE', message: '', path: [] }];
  return error.errors.map((each) => ({
    code: codeOf(each),
    message: each.message,
    path: each.path ?? [],
  }));
};
