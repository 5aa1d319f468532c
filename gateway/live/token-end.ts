import { decodeJwt } from 'jose';

const longestTimer = 2 ** 31 - 1;

/** When the token of a checked header ends (milliseconds since 1970). */
export const endOf = (authorization: string | undefined): number =>
  (decodeJwt(authorization?.split(' ')[1] ?? '').exp ?? 0) * 1000;

/** Calls back at the end of a token, or so many milliseconds after it. */
export const atEndOf = (authorization: string | undefined, call: () => void, after = 0): NodeJS.Timeout => {
  const left = endOf(authorization) + after - Date.now();
  return setTimeout(call, Math.min(Math.max(left, 0), longestTimer)).unref();
};
