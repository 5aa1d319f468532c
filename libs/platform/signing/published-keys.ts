import { algorithmOf, keyId, type SigningKeys } from './keys.ts';
import type { Algorithm } from './provider.ts';

/**
 * A key as everybody may see it: RFC 7517 with the times (seconds since 1970) between which it signs, and since when it
 * is not to be trusted, in the words that OpenID Federation has for keys of the past.
 */
type PublishedKey = {
  kid: string;
  kty: string;
  crv: string;
  x: string;
  y?: string;
  alg: Algorithm;
  use: 'sig';
  nbf: number;
  exp?: number;
  revoked?: { revoked_at: number; reason: 'compromised' };
};

const seconds = (instant: string): number => Math.floor(Date.parse(instant) / 1000);

/** A file of keys is good for so long (milliseconds): 30 days. Then a theft may have become known. */
const fileLife = 30 * 86_400_000;

/** The published key set, and by when to fetch the next one. */
type PublishedKeys = { issuedAt: string; nextUpdate: string; keys: PublishedKey[] };

const wholeSeconds = (milliseconds: number): string =>
  `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;

/** The published key set: every key that ever signed and the next one, without private halves. */
export const publishedKeys = ({ keys }: SigningKeys, issuedAt: string): PublishedKeys => ({
  issuedAt: wholeSeconds(Date.parse(issuedAt)),
  nextUpdate: wholeSeconds(Date.parse(issuedAt) + fileLife),
  keys: keys.map(({ key: { d: _, ...open }, from, until, compromisedFrom }) => ({
    kid: keyId(open),
    ...open,
    alg: algorithmOf(open),
    use: 'sig',
    nbf: seconds(from),
    ...(until === undefined ? {} : { exp: seconds(until) }),
    ...(compromisedFrom === undefined
      ? {}
      : { revoked: { revoked_at: seconds(compromisedFrom), reason: 'compromised' } }),
  })),
});
