import { ed25519 } from './ed25519.ts';
import { algorithmOf, keyId, type SigningKey, type SigningKeys } from './keys.ts';
import type { Algorithm } from './provider.ts';
import { sm2 } from './sm2.ts';

const newKey = (algorithm: Algorithm, from: string): SigningKey => {
  const { kty: _, crv: __, ...rest } = algorithm === 'Ed25519' ? ed25519.newKey() : sm2.newKey();
  const { x, y = '', d } = rest;
  const key =
    algorithm === 'Ed25519'
      ? ({ kty: 'OKP', crv: 'Ed25519', x, d } as const)
      : ({ kty: 'EC', crv: 'SM2', x, y, d } as const);
  return { key, from };
};

/** The first key of an installation. */
export const firstKeys = (algorithm: Algorithm, from: string): SigningKeys => ({
  sm2: algorithm !== 'Ed25519',
  keys: [newKey(algorithm, from)],
});

/** A new key that takes over at an instant; those before it sign until then. Throws RangeError where that is too early. */
export const rotated = (keys: SigningKeys, algorithm: Algorithm, from: string): SigningKeys => {
  const last = keys.keys.at(-1);
  if (last !== undefined && last.from >= from) throw new RangeError('the newest key begins later than that');
  const ended = keys.keys.map((key) =>
    key === last && key.until === undefined ? { ...key, until: from } : key,
  );
  return { sm2: keys.sm2 || algorithm !== 'Ed25519', keys: [...ended, newKey(algorithm, from)] };
};

/** Without the private halves of the keys whose time was over at an instant: nobody can sign with them again. */
export const withoutOldSecrets = (keys: SigningKeys, now: string): SigningKeys => ({
  ...keys,
  keys: keys.keys.map((key) => (key.until !== undefined && key.until <= now ? withoutSecret(key) : key)),
});

/**
 * A key that was stolen at `since`, or at the earliest of the instants that were ever given: it ends now, its private half
 * goes, what it signed from then on is refused, and where it was the one that signs, a new key takes over at once. One
 * that has not begun yet is replaced, for nothing true was ever signed with it. Throws RangeError for a key that is not
 * among them, and for a theft that is still to come.
 */
export const compromised = (keys: SigningKeys, kid: string, since: string, now: string): SigningKeys => {
  const stolen = keys.keys.find(({ key }) => keyId(key) === kid);
  if (stolen === undefined) throw new RangeError('no key has this id');
  if (since > now) throw new RangeError('nobody knows of a theft before it happens');
  const algorithm = algorithmOf(stolen.key);
  if (stolen.from > now) {
    const replacement = { ...stolen, key: newKey(algorithm, stolen.from).key };
    return { ...keys, keys: keys.keys.map((key) => (key === stolen ? replacement : key)) };
  }
  const known = stolen.compromisedFrom ?? since;
  const ends = stolen.until === undefined || stolen.until > now;
  const ended = { ...withoutSecret(stolen), ...(ends ? { until: now } : {}) };
  const marked = keys.keys.map((key) =>
    key === stolen ? { ...ended, compromisedFrom: known < since ? known : since } : key,
  );
  const followed = marked.some(({ from, until }) => from <= now && (until === undefined || until > now));
  if (followed) return { ...keys, keys: marked };
  const next = marked.find(({ from }) => from > now);
  const replacement = { ...newKey(algorithm, now), ...(next === undefined ? {} : { until: next.from }) };
  const place = next === undefined ? marked.length : marked.indexOf(next);
  return { ...keys, keys: marked.toSpliced(place, 0, replacement) };
};

const withoutSecret = ({ key: { d: _, ...open }, ...life }: SigningKey): SigningKey => ({
  ...life,
  key: open,
});
