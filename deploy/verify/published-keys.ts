import { createHash, createPublicKey, verify } from 'node:crypto';
import { isObject, type Json, type JsonObject, written } from './strict-json.ts';

/** A published key, ready to check with; times in seconds since 1970. */
export type PublishedKey = {
  kid: string;
  alg: string;
  from: number;
  until: number;
  /** Infinity for a key that nobody stole. */
  compromisedFrom: number;
  holds(input: Uint8Array, signature: Uint8Array): boolean;
};

/** The published keys by name, and until when (milliseconds) they are to be relied on. */
export type PublishedKeys = { byId: ReadonlyMap<string, PublishedKey>; nextUpdate: number };

/** The key file cannot be used, and why. */
export class UnusableKeys extends Error {}

const most = 1_000_000;

/**
 * Reads the published key set. Every entry must be a public key of Ed25519 or SM2 whose name is its own thumbprint
 * (RFC 7638); one that is not makes the whole file unusable, for somebody has been at it.
 */
export const readPublishedKeys = async (bytes: Uint8Array): Promise<PublishedKeys> => {
  const { entries, nextUpdate } = fileOf(bytes);
  const keys = new Map<string, PublishedKey>();
  for (const entry of entries) {
    const key = await keyOf(entry);
    if (keys.has(key.kid)) throw new UnusableKeys('公钥重复 a key stands twice');
    keys.set(key.kid, key);
  }
  return { byId: keys, nextUpdate };
};

/** A file is good for at most so long (milliseconds): 31 days. */
const longestLife = 31 * 86_400_000;

const fileOf = (bytes: Uint8Array): { entries: JsonObject[]; nextUpdate: number } => {
  let value: Json = null;
  try {
    if (bytes.length <= most) value = JSON.parse(Buffer.from(bytes).toString('utf8')) as Json;
  } catch {
    value = null;
  }
  const { keys, issuedAt, nextUpdate } = isObject(value) ? value : {};
  if (!Array.isArray(keys) || keys.length === 0) throw new UnusableKeys('不是公钥文件 no file of keys');
  const [from, until] = [issuedAt, nextUpdate].map((text) =>
    Date.parse(typeof text === 'string' ? text : ''),
  );
  if (from === undefined || until === undefined || !(until > from && until - from <= longestLife))
    throw new UnusableKeys('公钥文件没有有效期 the file does not say until when it is good');
  const entries = keys.map((entry) => {
    if (!isObject(entry)) throw new UnusableKeys('公钥文件有误 an entry is no key');
    return entry;
  });
  return { entries, nextUpdate: until };
};

const keyOf = async (entry: JsonObject): Promise<PublishedKey> => {
  const { kid, alg, d, nbf, exp, revoked } = entry;
  if (d !== undefined) throw new UnusableKeys('公钥文件含有私钥 a private key is among the keys');
  const open = openHalf(entry);
  const { kty, crv } = open;
  const thumbprint = createHash('sha256').update(written(open)).digest('base64url');
  if (kid !== thumbprint) throw new UnusableKeys('公钥与其编号不符 a key does not fit its name');
  const compromisedFrom = isObject(revoked) ? revoked.revoked_at : undefined;
  if (revoked !== undefined && typeof compromisedFrom !== 'number')
    throw new UnusableKeys('公钥文件有误 a key has an unreadable time');
  const common = {
    kid: thumbprint,
    from: time(nbf, Number.NEGATIVE_INFINITY),
    until: time(exp, Number.POSITIVE_INFINITY),
    compromisedFrom: time(compromisedFrom, Number.POSITIVE_INFINITY),
  };
  if (alg === 'Ed25519' && crv === 'Ed25519' && kty === 'OKP')
    return { ...common, alg, holds: ed25519(open) };
  if (alg === 'SGD_SM3_SM2' && crv === 'SM2' && kty === 'EC')
    return { ...common, alg, holds: await sm2(open) };
  throw new UnusableKeys('公钥算法不明 a key of an unknown algorithm');
};

/** The members of a public key that its thumbprint is made of. */
const openHalf = (entry: JsonObject): JsonObject => {
  const members = entry.crv === 'SM2' ? ['crv', 'kty', 'x', 'y'] : ['crv', 'kty', 'x'];
  return Object.fromEntries(
    members.map((name) => {
      const value = entry[name];
      if (typeof value !== 'string') throw new UnusableKeys('公钥文件有误 an entry is no key');
      return [name, value];
    }),
  );
};

const time = (value: Json | undefined, otherwise: number): number => {
  if (value === undefined) return otherwise;
  if (typeof value !== 'number' || !Number.isFinite(value))
    throw new UnusableKeys('公钥文件有误 a key has an unreadable time');
  return value;
};

type Holds = PublishedKey['holds'];

const ed25519 = (jwk: JsonObject): Holds => {
  try {
    const key = createPublicKey({ key: jwk as { kty: string }, format: 'jwk' });
    return (input, signature) => verify(null, input, key, signature);
  } catch {
    throw new UnusableKeys('公钥文件有误 a key is none of Ed25519');
  }
};

const order = 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n;

/** SM2 is loaded where a key asks for it; nothing else needs a package. */
const sm2 = async ({ x, y }: JsonObject): Promise<Holds> => {
  const library = await import('sm-crypto-v2').catch(() => {
    throw new UnusableKeys(
      '核验国密签名须先安装 sm-crypto-v2。 Checking SM2 needs the package sm-crypto-v2.',
    );
  });
  const curve = library.default.sm2;
  const point = `04${hex32(x)}${hex32(y)}`;
  if (!curve.verifyPublicKey(point)) throw new UnusableKeys('公钥文件有误 a key is none of SM2');
  const prepared = curve.precomputePublicKey(point);
  const inRange = (half: string): boolean => BigInt(`0x${half}`) > 0n && BigInt(`0x${half}`) < order;
  return (input, signature) => {
    const text = Buffer.from(signature).toString('hex');
    if (text.length !== 128 || !inRange(text.slice(0, 64)) || !inRange(text.slice(64))) return false;
    try {
      return curve.doVerifySignature(input, text, prepared, { hash: true });
    } catch {
      return false;
    }
  };
};

const hex32 = (value: Json | undefined): string => {
  const bytes = Buffer.from(typeof value === 'string' ? value : '', 'base64url');
  if (bytes.length !== 32) throw new UnusableKeys('公钥文件有误 a key is none of SM2');
  return bytes.toString('hex');
};
