import { HeaderMap } from '@apollo/server';
import { GraphQLError } from 'graphql';

/** An HTTP status, with headers, that the answer to a failed operation takes. */
export type HttpStatus = { status: number; headers?: Record<string, string> };

/** An error with a stable code and facts, and the HTTP status of the answer where it is not 200. */
export const codedError = (
  code: string,
  message: string,
  facts: Readonly<Record<string, unknown>> = {},
  http?: HttpStatus,
): GraphQLError => {
  const error = new GraphQLError(message, { extensions: { code } });
  Object.assign(error.extensions, facts);
  if (http) {
    const headers = new HeaderMap(Object.entries(http.headers ?? {}));
    Object.assign(error.extensions, { http: { status: http.status, headers } });
  }
  return error;
};
