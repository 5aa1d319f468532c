import { randomBytes } from 'node:crypto';
import type { Sealing } from '#libs/platform/crypto/sealing.ts';
import { checkKey } from '../verify/check-keys.ts';

/** Letters and digits that are not taken for each other on paper. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const codeLength = 26;

/** A new code under which anybody who holds the paper looks it up: 130 random bits, which nobody guesses (CRT-13). */
export const newCode = (): string =>
  [...randomBytes(codeLength)].map((byte) => alphabet.charAt(byte % alphabet.length)).join('');

/** By what a certificate is found again: its code, and its number together with the holder's name. */
export const checkKeysOf = (
  sealing: Sealing,
  { number, name, code }: { number: string; name: string; code: string },
): Buffer[] => [checkKey(sealing, { way: 'CODE', code }), checkKey(sealing, { way: 'NUMBER', number, name })];
