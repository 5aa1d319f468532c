/** SQLSTATE of a failed statement, wherever the driver hid it; `undefined` for other errors. */
export const sqlStateOf = (error: unknown): string | undefined => {
  let current: unknown = error;
  for (let depth = 0; depth < 5 && typeof current === 'object' && current !== null; depth++) {
    const candidate = current as { code?: unknown; cause?: unknown; previous?: unknown };
    if (typeof candidate.code === 'string' && /^[0-9A-Z]{5}$/.test(candidate.code)) return candidate.code;
    current = candidate.cause ?? candidate.previous;
  }
  return undefined;
};

const transient = new Set([
  '40001',
  '40P01',
  '55P03',
  '57P01',
  '57P02',
  '57P03',
  '53300',
  '08000',
  '08003',
  '08006',
]);

/** True where the same transaction may well succeed when it is simply tried again. */
export const isTransient = (error: unknown): boolean => {
  const state = sqlStateOf(error);
  if (state !== undefined) return transient.has(state);
  const code = (error as { code?: unknown } | null)?.code;
  return (
    code === 'ECONNREFUSED' ||
    code === 'ECONNRESET' ||
    code === 'EPIPE' ||
    /terminat|ended/i.test(String(error))
  );
};

export const isUniqueViolation = (error: unknown): boolean => sqlStateOf(error) === '23505';

/** Row-level security or a missing grant refused the statement. */
export const isPrivilegeViolation = (error: unknown): boolean => sqlStateOf(error) === '42501';
