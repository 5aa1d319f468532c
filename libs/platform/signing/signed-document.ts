import { createHash } from 'node:crypto';
import { type Canonical, canonicalJson } from './canonical-json.ts';
import type { Signing } from './signing.ts';

/** What a signed document is; stands in its header, so that none can be taken for another. */
export type DocumentType = 'xueji-certificate' | 'xueji-revocations';

/**
 * A signed document: a compact JWS (RFC 7515) whose header holds `alg`, `iat`, `kid`, `typ` and whose header and payload
 * are canonical (RFC 8785), so that what it says has one text and no other. The signature is checked before it is given
 * out. Throws `NoSigningKey`, and an Error where the signature does not hold.
 */
export const signDocument = (
  signing: Signing,
  typ: DocumentType,
  payload: Canonical,
  instant: string,
): string => {
  const iat = Math.floor(Date.parse(instant) / 1000);
  const at = new Date(iat * 1000).toISOString();
  const { kid, algorithm, sign } = signing.signerAt(at);
  const input = `${encoded({ alg: algorithm, iat, kid, typ })}.${encoded(payload)}`;
  const bytes = Buffer.from(input);
  const signature = sign(bytes);
  if (signing.verify({ kid, algorithm, at, bytes, signature }) !== 'GOOD')
    throw new Error('A signature does not hold');
  return `${input}.${Buffer.from(signature).toString('base64url')}`;
};

const encoded = (value: Canonical): string => Buffer.from(canonicalJson(value)).toString('base64url');

const digestLength = 16;

/**
 * By what a signed document is known: the first 128 bits of the SHA-256 of its bytes, 22 signs of base64url. It holds
 * its signature, so only who holds the document can make it, and a list of such tells of nobody.
 */
export const documentDigest = (document: string | Uint8Array): string =>
  createHash('sha256').update(document).digest().subarray(0, digestLength).toString('base64url');
