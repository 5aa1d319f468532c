import type { PublishedKeys } from './published-keys.ts';
import { stateOfSignature } from './signature.ts';
import { readSignedText } from './signed-text.ts';
import type { Json } from './strict-json.ts';
import { hasExactly } from './strict-json.ts';

/** A genuine list of what was revoked. Times in milliseconds. */
export type Revocations = { issuedAt: number; nextUpdate: number; digests: ReadonlySet<string> };

const most = 64_000_000;
const longestLife = 31 * 86_400_000;

/** The list, if it is genuine; one signed with a key that was stolen since, or good for longer than 31 days, is not. */
export const readRevocations = (
  bytes: Uint8Array,
  keys: PublishedKeys,
  now: number,
): Revocations | undefined => {
  const text = readSignedText(bytes, most);
  if (text?.typ !== 'xueji-revocations' || stateOfSignature(text, keys, now) !== 'GOOD') return undefined;
  const { payload } = text;
  if (!hasExactly(payload, ['issuedAt', 'nextUpdate', 'revoked'])) return undefined;
  const issuedAt = instant(payload.issuedAt);
  const nextUpdate = instant(payload.nextUpdate);
  const { revoked } = payload;
  if (issuedAt === undefined || nextUpdate === undefined || !isListOfDigests(revoked)) return undefined;
  const life = nextUpdate - issuedAt;
  if (issuedAt !== text.iat * 1000 || life <= 0 || life > longestLife) return undefined;
  return { issuedAt, nextUpdate, digests: new Set(revoked) };
};

const instant = (value: Json | undefined): number | undefined => {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(value)) return undefined;
  const parsed = Date.parse(value);
  return Number.isNaN(parsed) ? undefined : parsed;
};

const isListOfDigests = (value: Json | undefined): value is string[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'string' && /^[A-Za-z0-9_-]{22}$/.test(one));
