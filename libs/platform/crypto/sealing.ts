import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  type KeyObject,
  randomFillSync,
} from 'node:crypto';
import type { KeyRing } from '../config/config.ts';

const format = 1;
const ivLength = 12;
const tagLength = 16;

/** Encrypts and hashes personal values; keys rotate by adding one and making it current. */
export type Sealing = {
  /** The key that seals from now on. */
  keyId: string;
  /** AES-256-GCM; `context` (person and field) is bound to the value, so it cannot be moved elsewhere. */
  seal(value: string, context: string): Buffer;
  /** Throws where the value was altered, moved, or sealed with an unknown key. */
  open(sealed: Buffer, context: string): string;
  /** Keyed SHA-256 in full length: equal values in one domain have equal hashes, and nothing else is told. */
  hash(domain: string, value: string): Buffer;
};

const ivsAtOnce = 256;

/** Random initialization vectors, drawn many at once: the system is asked for randomness rarely. Each is given once. */
const ivSource = (): (() => Buffer) => {
  let pool = Buffer.alloc(0);
  return () => {
    if (pool.length === 0) pool = randomFillSync(Buffer.alloc(ivLength * ivsAtOnce));
    const iv = pool.subarray(0, ivLength);
    pool = pool.subarray(ivLength);
    return iv;
  };
};

/** Imported once: handing over raw bytes costs four times as much at every use. */
const secretOf = (base64: string): KeyObject => createSecretKey(Buffer.from(base64, 'base64'));

/** What every value that a key has sealed begins with: the format, the length of the key's id, the id. */
export const sealedPrefix = (keyId: string): Buffer => {
  const id = Buffer.from(keyId);
  return Buffer.concat([Buffer.from([format, id.length]), id]);
};

/** The key that sealed a value; the beginning of it is enough. */
export const keyIdOf = (sealed: Buffer): string => sealed.subarray(2, 2 + (sealed[1] ?? 0)).toString();

export const createSealing = (ring: KeyRing, hashKey: string): Sealing => {
  const keys = new Map(Object.entries(ring.keys).map(([id, key]) => [id, secretOf(key)]));
  const secret = secretOf(hashKey);
  const keyOf = (id: string): KeyObject => {
    const key = keys.get(id);
    if (key === undefined) throw new Error('A value is sealed with a key that the ring does not hold');
    return key;
  };
  const nextIv = ivSource();
  const prefix = sealedPrefix(ring.current);
  return {
    keyId: ring.current,
    seal: (value, context) => {
      const iv = nextIv();
      const cipher = createCipheriv('aes-256-gcm', keyOf(ring.current), iv).setAAD(Buffer.from(context));
      const body = Buffer.concat([cipher.update(value, 'utf8'), cipher.final()]);
      return Buffer.concat([prefix, iv, cipher.getAuthTag(), body]);
    },
    open: (sealed, context) => {
      if (sealed[0] !== format) throw new Error('A sealed value has an unknown format');
      const start = 2 + (sealed[1] ?? 0);
      const key = keyOf(keyIdOf(sealed));
      const iv = sealed.subarray(start, start + ivLength);
      const tag = sealed.subarray(start + ivLength, start + ivLength + tagLength);
      const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: tagLength })
        .setAAD(Buffer.from(context))
        .setAuthTag(tag);
      const body = sealed.subarray(start + ivLength + tagLength);
      return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8');
    },
    hash: (domain, value) => createHmac('sha256', secret).update(domain).update('\0').update(value).digest(),
  };
};
