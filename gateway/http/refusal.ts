import type { ServerResponse } from 'node:http';
import { AppError } from '#libs/platform/errors/errors.ts';

/** A request that is refused before it becomes an operation: an HTTP status and a stable code. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  readonly headers: Record<string, string>;
  /** What the caller may know besides, in the extensions of the error. */
  readonly facts: Readonly<Record<string, unknown>>;

  constructor(
    status: number,
    code: string,
    message: string,
    headers: Record<string, string> = {},
    facts: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
    this.name = 'Refusal';
    this.status = status;
    this.code = code;
    this.headers = headers;
    this.facts = facts;
  }
}

export const badRequest = (message: string): Refusal => new Refusal(400, 'BAD_REQUEST', message);

export const tooLarge = (): Refusal =>
  new Refusal(413, 'BAD_REQUEST', '内容过大。 The body is too large.', { connection: 'close' });

export const notFound = (): Refusal => new Refusal(404, 'NOT_FOUND', '未找到。 No such address.');

export const wrongMethod = (allow: string): Refusal =>
  new Refusal(405, 'BAD_REQUEST', '方法不允许。 This method is not allowed here.', { allow });

export const serviceUnavailable = (): Refusal =>
  new Refusal(503, 'SERVICE_UNAVAILABLE', '服务暂不可用，请稍后重试。 Not available now; try again.');

/** How any failure looks to the caller; faults show the correlation id and nothing else. */
export const refusalOf = (error: unknown): Refusal => {
  if (error instanceof Refusal) return error;
  if (error instanceof AppError && error.code === 'UNAUTHENTICATED') {
    return new Refusal(401, error.code, error.message, {
      'www-authenticate': 'Bearer error="invalid_token"',
    });
  }
  return new Refusal(500, 'INTERNAL', '系统内部错误。 Internal error.');
};

/** Answers in the form of GraphQL errors. */
export const refuse = (response: ServerResponse, refusal: Refusal, operationId: string): void => {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const correlation = refusal.code === 'INTERNAL' ? { correlationId: operationId } : {};
  response.writeHead(refusal.status, {
    ...refusal.headers,
    'content-type': 'application/json; charset=utf-8',
  });
  response.end(
    JSON.stringify({
      errors: [
        { message: refusal.message, extensions: { code: refusal.code, ...refusal.facts, ...correlation } },
      ],
    }),
  );
};
