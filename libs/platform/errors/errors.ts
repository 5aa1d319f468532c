/** Stable codes of broken requests, missing authority, conflicts and faults. Legal refusals are findings instead. */
export type ErrorCode =
  | 'UNAUTHENTICATED'
  | 'OUT_OF_JURISDICTION'
  | 'UNAUTHORIZED_FIELD_OR_TYPE'
  | 'OUT_OF_GRANT_SCOPE'
  | 'BAD_USER_INPUT'
  | 'VERSION_CONFLICT'
  | 'IDEMPOTENCY_KEY_REUSED'
  | 'NOT_FOUND'
  | 'RATE_LIMITED'
  | 'COST_ESTIMATED_TOO_EXPENSIVE'
  | 'ACCOUNT_NOT_OPEN'
  | 'ACCOUNT_SEALED'
  | 'ACCOUNT_SUSPENDED'
  | 'PASSWORD_EXPIRED'
  | 'SERVICE_UNAVAILABLE'
  | 'INTERNAL';

/** One thing wrong with an input: where, and what to do about it; never the value itself. */
export type InputProblem = { path: (string | number)[]; code: string; message: string };

/** An error that a caller may see: a stable code, a message without personal data, and facts it may know. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly details: Record<string, unknown>;

  constructor(code: ErrorCode, message: string, details: Record<string, unknown> = {}) {
    super(message);
    this.name = 'AppError';
    this.code = code;
    this.details = details;
  }
}

export const unauthenticated = (why = '请先登录。 Sign in first.'): AppError =>
  new AppError('UNAUTHENTICATED', why);

/** The answer to whatever lies outside the caller's scope; it never says whether the thing exists (PRV-12). */
export const outOfJurisdiction = (): AppError =>
  new AppError('OUT_OF_JURISDICTION', '不在您的管理范围内。 Outside your jurisdiction.');

export const badInput = (problems: InputProblem[]): AppError =>
  new AppError(
    'BAD_USER_INPUT',
    `${problems.length} 处输入有误。 The input has ${problems.length} problem(s).`,
    {
      problems,
    },
  );

/** `enrollment`: id of the registration meant, where a request lists several. */
export const versionConflict = (current: number, enrollment?: string): AppError =>
  new AppError('VERSION_CONFLICT', '数据已被他人更新，请刷新后重试。 Changed meanwhile: reload.', {
    currentVersion: current,
    ...(enrollment === undefined ? {} : { enrollment }),
  });

export const idempotencyKeyReused = (): AppError =>
  new AppError('IDEMPOTENCY_KEY_REUSED', '幂等键已用于另一请求。 This key belongs to a different request.');

export const notFound = (what: string): AppError => new AppError('NOT_FOUND', `未找到。 No such ${what}.`);

export const unavailable = (what: string): AppError =>
  new AppError('SERVICE_UNAVAILABLE', `服务暂不可用，请稍后重试。 ${what} is not available now; try again.`);
