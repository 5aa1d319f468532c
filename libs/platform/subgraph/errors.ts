import { unwrapResolverError } from '@apollo/server/errors';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { v7 as uuidv7 } from 'uuid';
import { AppError } from '../errors/errors.ts';
import { isPrivilegeViolation, isTransient } from '../errors/sql-state.ts';
import type { Log } from '../log/log.ts';
import { framesOf } from '../log/loggable.ts';
import { describe } from '../service/loop.ts';
import { withoutValues } from './without-values.ts';

const requestErrors = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_REQUEST',
  'BAD_USER_INPUT',
  'PERSISTED_QUERY_NOT_FOUND',
  'PERSISTED_QUERY_NOT_SUPPORTED',
  'OPERATION_RESOLUTION_FAILURE',
]);

const formatted = (error: GraphQLFormattedError, message: string, extensions: Record<string, unknown>) => ({
  message,
  ...(error.path ? { path: error.path } : {}),
  ...(error.locations ? { locations: error.locations } : {}),
  extensions,
});

/**
 * What a caller sees of an error: the stable code and facts of ours; a fault of the program shows a correlation
 * id and nothing else, and is logged under that id without its text.
 */
export const errorFormatter =
  (log: Log) =>
  (error: GraphQLFormattedError, thrown: unknown): GraphQLFormattedError => {
    const cause = causeOf(thrown);
    if (cause instanceof AppError)
      return formatted(error, cause.message, { code: cause.code, ...cause.details });
    if (isPrivilegeViolation(cause)) {
      return formatted(error, '不在您的管理范围内。 Outside your jurisdiction.', {
        code: 'OUT_OF_JURISDICTION',
      });
    }
    if (isTransient(cause)) {
      return formatted(error, '服务繁忙，请稍后重试。 Busy; try again.', { code: 'SERVICE_UNAVAILABLE' });
    }
    const code = String(error.extensions?.code ?? '');
    if (requestErrors.has(code)) {
      const { limit } = error.extensions ?? {};
      return formatted(error, withoutValues(error.message), limit === undefined ? { code } : { code, limit });
    }
    const correlationId = uuidv7();
    log.error({ correlationId, error: describe(cause), stack: framesOf(cause) }, 'operation failed');
    return formatted(error, '系统内部错误。 Internal error.', { code: 'INTERNAL', correlationId });
  };

/** The error that was thrown, also where it was thrown before any field was resolved (a bad token). */
const causeOf = (thrown: unknown): unknown =>
  thrown instanceof GraphQLError && thrown.originalError ? thrown.originalError : unwrapResolverError(thrown);
