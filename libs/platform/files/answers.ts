import type { IncomingMessage, ServerResponse } from 'node:http';
import { v7 as uuidv7 } from 'uuid';
import { AppError, type ErrorCode } from '../errors/errors.ts';
import { isTransient } from '../errors/sql-state.ts';
import type { Log } from '../log/log.ts';
import { describe } from '../service/loop.ts';
import { FileRefused } from './problems.ts';
import { FileMissing } from './storage.ts';

const statuses: Partial<Record<ErrorCode, number>> = {
  UNAUTHENTICATED: 401,
  OUT_OF_JURISDICTION: 403,
  NOT_FOUND: 404,
  SERVICE_UNAVAILABLE: 503,
};

/** Answers in JSON, never kept by anybody on the way. */
export const answerJson = (response: ServerResponse, status: number, body: unknown): void => {
  response
    .writeHead(status, {
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    })
    .end(JSON.stringify(body));
};

/** What browsers must not do with a file of somebody: show it in place, guess what it is, run or keep any of it. */
export const attachmentHeaders = (
  { mediaType, size }: { mediaType: string; size: number },
  name: string,
): Record<string, string | number> => ({
  'content-type': mediaType,
  'content-length': size,
  'content-disposition': `attachment; filename="${name}"`,
  'content-security-policy': "sandbox; default-src 'none'",
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
});

/** Lets nothing through but reading; throws FileRefused with METHOD_NOT_ALLOWED, and says what is allowed. */
export const onlyGet = ({ method }: IncomingMessage, response: ServerResponse): void => {
  if (method === 'GET') return;
  response.setHeader('allow', 'GET');
  throw new FileRefused('METHOD_NOT_ALLOWED');
};

/** The parts of `/<folder>/<uuid>?t=<token>`; `undefined` for every other path. */
export const fileAddress = (
  request: IncomingMessage,
  folder: string,
): { id: string; token: string | null } | undefined => {
  const url = new URL(request.url ?? '/', 'http://service');
  const match = /^\/([a-z]+)\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(url.pathname);
  if (match === null || match[1] !== folder || match[2] === undefined) return undefined;
  return { id: match[2], token: url.searchParams.get('t') };
};

/**
 * Does the work of a route and answers its failures: refusals and errors of ours as `{code, message}`, faults with a
 * correlation id that is logged without the text of the fault.
 */
export const answering = async (
  core: { log: Log },
  response: ServerResponse,
  work: () => Promise<void>,
): Promise<void> => {
  try {
    await work();
  } catch (error) {
    if (response.headersSent || response.destroyed) {
      response.destroy();
      return;
    }
    const { status, body } = failureOf(core, error);
    answerJson(response, status, body);
  }
};

const failureOf = ({ log }: { log: Log }, error: unknown): { status: number; body: unknown } => {
  if (error instanceof FileRefused) return { status: error.status, body: error.problem };
  // Its row is there: the checks of the storage tell an operator that the bytes are not.
  if (error instanceof FileMissing) return failureOf({ log }, new FileRefused('STORED_FILE_LOST'));
  if (error instanceof AppError) {
    return { status: statuses[error.code] ?? 400, body: { code: error.code, message: error.message } };
  }
  if (isTransient(error)) {
    return {
      status: 503,
      body: { code: 'SERVICE_UNAVAILABLE', message: '服务繁忙，请稍后重试。 Busy; try again.' },
    };
  }
  const correlationId = uuidv7();
  log.error({ correlationId, error: describe(error) }, 'a file request failed');
  return {
    status: 500,
    body: { code: 'INTERNAL', message: '系统内部错误。 Internal error.', correlationId },
  };
};
