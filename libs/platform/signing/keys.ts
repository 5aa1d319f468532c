import { createHash } from 'node:crypto';
import { z } from 'zod';
import { canonicalJson } from './canonical-json.ts';
import type { Algorithm, PublicJwk } from './provider.ts';

const Coordinate = z.string().regex(/^[A-Za-z0-9_-]{43}$/);
const Instant = z.iso.datetime({ precision: 0 });

const Ed25519Key = z.strictObject({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  x: Coordinate,
  d: Coordinate.optional(),
});
const Sm2Key = z.strictObject({
  kty: z.literal('EC'),
  crv: z.literal('SM2'),
  x: Coordinate,
  y: Coordinate,
  d: Coordinate.optional(),
});

/**
 * One key and its life: it signs from `from` until before `until`; what it is said to have signed from
 * `compromisedFrom` on is refused, and what it signed before that can only be confirmed by the register itself.
 */
const SigningKey = z.strictObject({
  key: z.discriminatedUnion('crv', [Ed25519Key, Sm2Key]),
  from: Instant,
  until: Instant.optional(),
  compromisedFrom: Instant.optional(),
});
export type SigningKey = z.infer<typeof SigningKey>;

/**
 * Every key that ever signed, in the order of time; the next one is listed, and published, before its time comes. A key
 * whose time is over is kept without its private half. `sm2`: keys of SM2 are allowed.
 */
export const SigningKeys = z
  .strictObject({ sm2: z.boolean().default(false), keys: z.array(SigningKey).min(1) })
  .superRefine(({ sm2, keys }, context) => {
    const problem = (message: string) => context.addIssue({ code: 'custom', message });
    if (new Set(keys.map(({ key }) => keyId(key))).size < keys.length) problem('a key is listed twice');
    if (!sm2 && keys.some(({ key }) => key.crv === 'SM2')) problem('a key of SM2, which is not switched on');
    for (const [place, { key, from, until, compromisedFrom }] of keys.entries()) {
      const next = keys[place + 1];
      if (until !== undefined && until <= from) problem('a key ends before it begins');
      if (next !== undefined && (until === undefined || next.from < until))
        problem('a key begins before the one before it has ended');
      if (key.d === undefined && until === undefined && compromisedFrom === undefined)
        problem('the key that signs has no private half');
      if (key.d !== undefined && compromisedFrom !== undefined)
        problem('a compromised key keeps its private half');
    }
  });
export type SigningKeys = z.infer<typeof SigningKeys>;

/** The name of a key: its thumbprint (RFC 7638, SHA-256), so that no other key can go by it. */
export const keyId = ({ kty, crv, x, y }: PublicJwk): string =>
  createHash('sha256')
    .update(canonicalJson({ kty, crv, x, ...(y === undefined ? {} : { y }) }))
    .digest('base64url');

export const algorithmOf = ({ crv }: PublicJwk): Algorithm => (crv === 'SM2' ? 'SGD_SM3_SM2' : 'Ed25519');
