import { ed25519 } from './ed25519.ts';
import { algorithmOf, keyId, type SigningKey, type SigningKeys } from './keys.ts';
import type { Algorithm, Sign, SignatureProvider, Verify } from './provider.ts';
import { sm2 } from './sm2.ts';

/** Who signs at a moment. */
export type Signer = { kid: string; algorithm: Algorithm; sign: Sign };

/** DOUBTFUL: right, but the key was stolen later, and a thief writes what time he likes. */
export type SignatureState = 'GOOD' | 'DOUBTFUL' | 'BAD';

/** A signature and what is said of it. */
export type Signed = {
  kid: string;
  algorithm: string;
  /** Instant, as the signed text itself has it. */
  at: string;
  bytes: Uint8Array;
  signature: Uint8Array;
};

/** Signs with the key of the moment, and checks with every key that ever signed. */
export type Signing = {
  /** Throws `NoSigningKey` where no sound key is in its time at the instant. */
  signerAt(instant: string): Signer;
  verify(signed: Signed): SignatureState;
  readonly keys: SigningKeys;
};

/** No key is in its time; nothing is signed until the configuration has one. */
export class NoSigningKey extends Error {
  constructor() {
    super('No sound signing key is in its time');
    this.name = 'NoSigningKey';
  }
}

const providers: Readonly<Record<Algorithm, SignatureProvider>> = { Ed25519: ed25519, SGD_SM3_SM2: sm2 };

type Held = SigningKey & { kid: string; algorithm: Algorithm; verify: Verify; sign?: Sign };

/** Throws where a key is none of its curve, or a private half does not fit its public one. */
export const createSigning = (keys: SigningKeys): Signing => {
  const held = keys.keys.map(hold);
  const byId = new Map(held.map((key) => [key.kid, key]));
  return {
    keys,
    signerAt: (instant) => {
      const key = held.find((candidate) => !candidate.compromisedFrom && isInItsTime(candidate, instant));
      if (key?.sign === undefined) throw new NoSigningKey();
      return { kid: key.kid, algorithm: key.algorithm, sign: key.sign };
    },
    verify: ({ kid, algorithm, at, bytes, signature }) => {
      const key = byId.get(kid);
      if (key === undefined || key.algorithm !== algorithm || !isInItsTime(key, at)) return 'BAD';
      const { compromisedFrom } = key;
      if (compromisedFrom !== undefined && millis(at) >= millis(compromisedFrom)) return 'BAD';
      if (!key.verify(bytes, signature)) return 'BAD';
      return compromisedFrom === undefined ? 'GOOD' : 'DOUBTFUL';
    },
  };
};

const hold = (entry: SigningKey): Held => {
  const { d, ...open } = entry.key;
  const provider = providers[algorithmOf(open)];
  const verify = provider.verifierOf(open);
  const common = { ...entry, kid: keyId(open), algorithm: provider.algorithm, verify };
  if (d === undefined) return common;
  const sign = provider.signerOf({ ...open, d });
  const probe = Buffer.from('probe');
  if (!verify(probe, sign(probe))) throw new TypeError('the private half of a key does not fit');
  return { ...common, sign };
};

const millis = (instant: string): number => Date.parse(instant);

const isInItsTime = ({ from, until }: SigningKey, instant: string): boolean =>
  millis(from) <= millis(instant) && (until === undefined || millis(instant) < millis(until));
