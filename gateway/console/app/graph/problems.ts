import { CombinedGraphQLErrors, ServerError } from '@apollo/client/errors';
import type { GraphQLFormattedError } from 'graphql';

type Path = readonly (string | number)[];

/** A part of what was filled in that the graph could not read, and why. */
export type WrongInput = { path: Path; message: string };

/** What the graph said against a part of an answer: its stable code, its message in both languages, where; every input that is wrong. */
export type Problem = { code: string; message: string; path: Path; inputs: readonly WrongInput[] };

/** The errors in the body of a refusal that came before any operation: 401, 429 and the like. */
const errorsIn = ({ bodyText }: ServerError): readonly GraphQLFormattedError[] => {
  try {
    const { errors } = JSON.parse(bodyText) as { errors?: GraphQLFormattedError[] };
    return errors ?? [];
  } catch {
    return [];
  }
};

/** What the graph said against a question; nothing where it was not reached. */
const errorsOf = (error: unknown): readonly GraphQLFormattedError[] => {
  if (CombinedGraphQLErrors.is(error)) return error.errors;
  return ServerError.is(error) ? errorsIn(error) : [];
};

const inputsOf = ({ extensions }: GraphQLFormattedError): readonly WrongInput[] =>
  Array.isArray(extensions?.problems) ? (extensions.problems as WrongInput[]) : [];

/** Everything that an answer complains of; a failure on the way is SERVICE_UNAVAILABLE. */
export const problemsOf = (error: unknown): Problem[] => {
  if (error === undefined || error === null) return [];
  const problems = errorsOf(error).map((each) => ({
    code: String(each.extensions?.code ?? 'INTERNAL'),
    message: each.message,
    path: each.path ?? [],
    inputs: inputsOf(each),
  }));
  if (problems.length > 0) return problems;
  return [{ code: 'SERVICE_UNAVAILABLE', message: '', path: [], inputs: [] }];
};
