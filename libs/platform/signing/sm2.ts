import gm from 'sm-crypto-v2';
import { type PrivateJwk, type PublicJwk, type SignatureProvider, signatureLength } from './provider.ts';

const { sm2: curve } = gm;

/** Order of the curve's group (GM/T 0003.5); both halves of a signature lie between 1 and this, exclusively. */
const order = 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n;
const half = signatureLength / 2;

const hexOf = (base64url: string | undefined): string => {
  const bytes = Buffer.from(base64url ?? '', 'base64url');
  if (bytes.length !== half) throw new TypeError('a coordinate of an SM2 key has 32 bytes');
  return bytes.toString('hex');
};
const base64urlOf = (hex: string): string => Buffer.from(hex.padStart(64, '0'), 'hex').toString('base64url');

const pointOf = ({ kty, crv, x, y }: PublicJwk): string => {
  if (kty !== 'EC' || crv !== 'SM2') throw new TypeError('a key of another kind than SM2');
  const point = `04${hexOf(x)}${hexOf(y)}`;
  if (!curve.verifyPublicKey(point)) throw new TypeError('the public key is no point of the curve');
  return point;
};

const publicHalf = (d: string): Pick<PublicJwk, 'kty' | 'crv' | 'x' | 'y'> => {
  const point = curve.getPublicKeyFromPrivateKey(d);
  return { kty: 'EC', crv: 'SM2', x: base64urlOf(point.slice(2, 66)), y: base64urlOf(point.slice(66)) };
};

const inRange = (bytes: Uint8Array): boolean => {
  const value = BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
  return value > 0n && value < order;
};

/**
 * SM2 with SM3 (GM/T 0003.2, GM/T 0009; user id 1234567812345678, signature r ‖ s) by a library in plain software, for
 * where certified modules are asked for and until one is put in its place by another provider. Checked against the
 * example of GM/T 0003.5, a second library of another origin and signatures of the openssl command. Not checked: any
 * certified module, and resistance to observation of the processor. Node's own OpenSSL binding cannot name the user id
 * and so reads no such signature.
 */
export const sm2: SignatureProvider = {
  algorithm: 'SGD_SM3_SM2',
  newKey: (): PrivateJwk => {
    const { privateKey } = curve.generateKeyPairHex();
    return { ...publicHalf(privateKey), d: base64urlOf(privateKey) };
  },
  signerOf: (key) => {
    const publicKey = pointOf(key);
    const secret = hexOf(key.d);
    return (bytes) => Buffer.from(curve.doSignature(bytes, secret, { hash: true, publicKey }), 'hex');
  },
  verifierOf: (key) => {
    const point = curve.precomputePublicKey(pointOf(key));
    return (bytes, signature) => {
      if (signature.length !== signatureLength) return false;
      if (!inRange(signature.subarray(0, half)) || !inRange(signature.subarray(half))) return false;
      try {
        return curve.doVerifySignature(bytes, Buffer.from(signature).toString('hex'), point, { hash: true });
      } catch {
        return false;
      }
    };
  },
};
