import { signDocument } from './signed-document.ts';
import type { Signing } from './signing.ts';

/** A list is never good for longer (milliseconds): 31 days. */
const longestLife = 31 * 86_400_000;

/**
 * The signed list of what was revoked: when it was made, by when the next one comes, and the digests of the documents in
 * order. Nothing in it says whose they are, who issued them or why. Throws RangeError where it would be good for more
 * than 31 days.
 */
export const signRevocationList = (
  signing: Signing,
  revoked: readonly string[],
  issuedAt: string,
  nextUpdate: string,
): string => {
  const life = Date.parse(nextUpdate) - Date.parse(issuedAt);
  if (!(life > 0 && life <= longestLife)) throw new RangeError('a list is good for at most 31 days');
  const payload = {
    issuedAt: wholeSeconds(issuedAt),
    nextUpdate: wholeSeconds(nextUpdate),
    revoked: [...new Set(revoked)].sort(),
  };
  return signDocument(signing, 'xueji-revocations', payload, issuedAt);
};

const wholeSeconds = (instant: string): string => `${new Date(instant).toISOString().slice(0, 19)}Z`;
