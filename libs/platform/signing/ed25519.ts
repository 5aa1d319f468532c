import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import { type PublicJwk, type SignatureProvider, signatureLength } from './provider.ts';

const requireCurve = ({ kty, crv }: PublicJwk): void => {
  if (kty !== 'OKP' || crv !== 'Ed25519') throw new TypeError('a key of another kind than Ed25519');
};

/**
 * Ed25519 (RFC 8032) by Node's own OpenSSL, which refuses a second form S + L of a signature. Checked against jose's
 * reading of the same documents and the vectors of RFC 8032.
 */
export const ed25519: SignatureProvider = {
  algorithm: 'Ed25519',
  newKey: () => {
    const { kty, crv, x, d } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
    if (kty === undefined || crv === undefined || x === undefined || d === undefined)
      throw new Error('OpenSSL gave no key');
    return { kty, crv, x, d };
  },
  signerOf: (key) => {
    requireCurve(key);
    const secret = createPrivateKey({ key, format: 'jwk' });
    return (bytes) => sign(null, bytes, secret);
  },
  verifierOf: ({ kty, crv, x }) => {
    requireCurve({ kty, crv, x });
    const open = createPublicKey({ key: { kty, crv, x }, format: 'jwk' });
    return (bytes, signature) => signature.length === signatureLength && verify(null, bytes, open, signature);
  },
};
