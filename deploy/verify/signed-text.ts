import { createHash } from 'node:crypto';
import { canonicalObject, hasExactly, type JsonObject } from './strict-json.ts';

/** A compact JWS that was taken apart; nothing is proved yet. */
export type SignedText = {
  alg: string;
  kid: string;
  typ: string;
  /** Seconds since 1970. */
  iat: number;
  payload: JsonObject;
  /** What was signed. */
  input: Uint8Array;
  signature: Uint8Array;
  /** The first 128 bits of the SHA-256 of the whole, in base64url. */
  digest: string;
};

const shape = /^([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]{86})$/;
const headerNames = ['alg', 'iat', 'kid', 'typ'];

/**
 * Takes a compact JWS apart. It must be written in the one way there is: three parts of canonical base64url, a header of
 * `alg`, `iat`, `kid` and `typ` and nothing else (a `crit`, a key or an address to fetch one from are refused), canonical
 * JSON in header and payload, no byte before or after. Undefined for everything else.
 */
export const readSignedText = (bytes: Uint8Array, most: number): SignedText | undefined => {
  if (bytes.length > most) return undefined;
  const text = Buffer.from(bytes).toString('latin1');
  const [, head = '', body = '', tail = ''] = shape.exec(text) ?? [];
  const header = objectIn(head);
  const payload = objectIn(body);
  const signature = decoded(tail);
  if (!header || !payload || !signature || !hasExactly(header, headerNames)) return undefined;
  const { alg, kid, typ, iat } = header;
  if (typeof alg !== 'string' || typeof kid !== 'string' || typeof typ !== 'string') return undefined;
  if (typeof iat !== 'number' || !Number.isSafeInteger(iat) || iat < 0) return undefined;
  const digest = createHash('sha256').update(bytes).digest().subarray(0, 16).toString('base64url');
  return { alg, kid, typ, iat, payload, input: Buffer.from(`${head}.${body}`), signature, digest };
};

/** Canonical base64url alone: no padding, and no bits in the last sign that mean nothing. */
const decoded = (part: string): Buffer | undefined => {
  const bytes = Buffer.from(part, 'base64url');
  return bytes.toString('base64url') === part ? bytes : undefined;
};

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

const objectIn = (part: string): JsonObject | undefined => {
  const bytes = decoded(part);
  if (bytes === undefined || bytes.length === 0) return undefined;
  try {
    return canonicalObject(utf8.decode(bytes));
  } catch {
    return undefined;
  }
};
