import type { PublishedKeys } from './published-keys.ts';
import type { SignedText } from './signed-text.ts';

/** DOUBTFUL: right, by a key that was stolen later; a thief writes what time he likes. */
export type SignatureState = 'GOOD' | 'DOUBTFUL' | 'BAD' | 'UNKNOWN_KEY';

/** How far (seconds) the clock here may be behind that of who signed. */
const clockDifference = 300;

/**
 * What a signature is worth: by a published key of exactly the algorithm that the header names, made while the key was in
 * its time, before it was stolen, and not in the future. `now` in milliseconds.
 */
export const stateOfSignature = (text: SignedText, keys: PublishedKeys, now: number): SignatureState => {
  const key = keys.byId.get(text.kid);
  if (key === undefined) return 'UNKNOWN_KEY';
  if (key.alg !== text.alg) return 'BAD';
  if (text.iat < key.from || text.iat >= key.until || text.iat >= key.compromisedFrom) return 'BAD';
  if (text.iat > now / 1000 + clockDifference) return 'BAD';
  if (!key.holds(text.input, text.signature)) return 'BAD';
  return key.compromisedFrom === Number.POSITIVE_INFINITY ? 'GOOD' : 'DOUBTFUL';
};
