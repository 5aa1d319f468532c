import type { JsonWebKey } from 'node:crypto';

/** Names of `alg` in what is signed: Ed25519 as RFC 9864 has it, SM2 with SM3 by its name in GM/T 0006. */
export const ALGORITHMS = ['Ed25519', 'SGD_SM3_SM2'] as const;
export type Algorithm = (typeof ALGORITHMS)[number];

/** A public key as RFC 7517 writes it; `crv` is `Ed25519` or, without a registration anywhere, `SM2`. */
export type PublicJwk = Required<Pick<JsonWebKey, 'kty' | 'crv' | 'x'>> & Pick<JsonWebKey, 'y'>;
/** The same with its private half `d`. */
export type PrivateJwk = PublicJwk & { d: string };

export type Sign = (bytes: Uint8Array) => Uint8Array;
/** False for anything but the one form of a right signature of exactly these bytes; never throws. */
export type Verify = (bytes: Uint8Array, signature: Uint8Array) => boolean;

/**
 * One way to sign: what a software library, a signing server or a certified module has to offer. Signatures have 64
 * bytes. Whoever holds keys in a module implements `signerOf` by asking the module, with `d` as the name of its slot.
 */
export type SignatureProvider = {
  readonly algorithm: Algorithm;
  newKey(): PrivateJwk;
  /** Throws where the key is none of this algorithm. */
  signerOf(key: PrivateJwk): Sign;
  /** Throws where the key is none of this algorithm. */
  verifierOf(key: PublicJwk): Verify;
};

export const signatureLength = 64;
