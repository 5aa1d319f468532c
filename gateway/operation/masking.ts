import { GraphQLError, type GraphQLFormattedError, Kind } from 'graphql';
import { v7 as uuidv7 } from 'uuid';
import type { Log } from '#libs/platform/log/log.ts';
import { framesOf } from '#libs/platform/log/loggable.ts';
import { isFault, maskError } from '../errors.ts';

/** What a caller sees of an error; faults go to the log under the id that the caller is told. */
export type Masking = (
  formatted: GraphQLFormattedError,
  error: unknown,
  operationId?: string,
) => GraphQLFormattedError;

export const createMasking =
  (log: Log): Masking =>
  (formatted, error, operationId) => {
    const correlationId = operationId ?? uuidv7();
    const masked = maskError(formatted, correlationId);
    if (isFault(masked)) {
      const { serviceName, code, correlationId: theirs } = formatted.extensions ?? {};
      log.error({ correlationId, serviceName, code, theirs, frames: framesOf(error) }, 'operation failed');
    }
    return masked;
  };

/** True for what graphql-js says of a variable that does not fit, to which it gives no code. */
const isVariableError = ({ nodes, extensions }: GraphQLError): boolean =>
  extensions.code === undefined && nodes?.length === 1 && nodes[0]?.kind === Kind.VARIABLE_DEFINITION;

/** The error as GraphQL has it, with a code, and without what it says of HTTP. */
export const formattedOf = (error: GraphQLError): GraphQLFormattedError => {
  const { http: _, ...extensions } = error.extensions;
  const code = extensions.code ?? (isVariableError(error) ? 'BAD_USER_INPUT' : 'INTERNAL_SERVER_ERROR');
  return { ...error.toJSON(), extensions: { ...extensions, code } };
};

/** Any error as one of GraphQL. */
export const graphqlErrorOf = (error: unknown): GraphQLError =>
  error instanceof GraphQLError
    ? error
    : new GraphQLError(error instanceof Error ? error.message : 'Unexpected error', {
        originalError: error instanceof Error ? error : undefined,
      });
