type Failure = { code?: unknown; cause?: unknown; previous?: unknown; message?: unknown };

/** An error and what it was made from, as far as the driver and the mapper hide it. */
const chainOf = (error: unknown): Failure[] => {
  const chain: Failure[] = [];
  let current: unknown = error;
  while (chain.length < 5 && typeof current === 'object' && current !== null) {
    const failure = current as Failure;
    chain.push(failure);
    current = failure.cause ?? failure.previous;
  }
  return chain;
};

/** Five signs with a digit among them: `EPIPE` is none. */
const sqlState = /^(?=.*\d)[0-9A-Z]{5}$/;

/** SQLSTATE of a failed statement, wherever the driver hid it; `undefined` for other errors. */
export const sqlStateOf = (error: unknown): string | undefined => {
  for (const { code } of chainOf(error)) if (typeof code === 'string' && sqlState.test(code)) return code;
  return undefined;
};

/** Serialization failure, deadlock, lock timeout: the server says that the transaction was undone. */
const undone = new Set(['40001', '40P01', '55P03']);
/** A kept plan gives other columns than its table has by now: the schema changed under a running process. */
const stalePlan = '0A000';
/** The server went away or comes up; too many connections. */
const gone = new Set(['57P01', '57P02', '57P03', '53300']);
const lostCodes = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN']);
const lostTexts =
  /^(Error: )?(Connection terminated|Connection ended|Client has encountered a connection error|Client was closed|timeout exceeded when trying to connect)/;

/** A message that the server cannot read, such as a text with U+0000: it will not read it the next time either. */
const protocolViolation = '08P01';

/** The connection to the database was lost, or could not be made. */
export const isConnectionLost = (error: unknown): boolean => {
  const state = sqlStateOf(error);
  if (state === protocolViolation) return false;
  if (state !== undefined) return state.startsWith('08') || gone.has(state);
  return chainOf(error).some(
    ({ code, message }) => lostCodes.has(String(code)) || lostTexts.test(String(message)),
  );
};

export const isStalePlan = (error: unknown): boolean => sqlStateOf(error) === stalePlan;

/** True where the same transaction may well succeed when it is simply tried again. */
export const isTransient = (error: unknown): boolean =>
  undone.has(sqlStateOf(error) ?? '') || isStalePlan(error) || isConnectionLost(error);

/** Timeouts, full disks and the like: nothing is said about the statement itself. */
export const isOverload = (error: unknown): boolean =>
  /^(53|58|57014|25P03|25P04)/.test(sqlStateOf(error) ?? '');

export const isUniqueViolation = (error: unknown): boolean => sqlStateOf(error) === '23505';

/** Row-level security or a missing grant refused the statement. */
export const isPrivilegeViolation = (error: unknown): boolean => sqlStateOf(error) === '42501';
