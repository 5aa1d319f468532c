import type { KeyRing } from '../config/config.ts';
import { createSealing } from './sealing.ts';

/** The keys of a service: the ring that seals its values, and the key under which it finds them again. */
export type Keys = { ring: KeyRing; hashKey: string };

/** What a database keeps to know one of its keys again: a fixed text, hashed or sealed under it. */
export type KeyMark = { key: string; mark: Buffer };

const hashKeyName = 'HASH_KEY';
const fixedText = 'the keys that belong to this database';

/** The name of the mark of a key of the ring. */
export const markOf = (id: string): string => `KEY_RING ${id}`;
const sealingOf = ({ ring, hashKey }: Keys, current: string) =>
  createSealing({ current, keys: ring.keys }, hashKey);
const fingerprintOf = (keys: Keys): Buffer => sealingOf(keys, keys.ring.current).hash('key-mark', fixedText);

/** A mark of each key: a fingerprint of the hash key, a sealed probe for every key of the ring. */
export const marksOf = (keys: Keys): KeyMark[] => [
  { key: hashKeyName, mark: fingerprintOf(keys) },
  ...Object.keys(keys.ring.keys).map((id) => ({
    key: markOf(id),
    mark: sealingOf(keys, id).seal(fixedText, markOf(id)),
  })),
];

/** Names of the marks that these keys do not fit: another hash key, a key missing from the ring, another one in its place. */
export const unfitting = (marks: readonly KeyMark[], keys: Keys): string[] => {
  const sealing = sealingOf(keys, keys.ring.current);
  const opens = ({ key, mark }: KeyMark): boolean => {
    try {
      return sealing.open(mark, key) === fixedText;
    } catch {
      return false;
    }
  };
  const fits = (each: KeyMark): boolean =>
    each.key === hashKeyName ? each.mark.equals(fingerprintOf(keys)) : opens(each);
  return marks.filter((each) => !fits(each)).map(({ key }) => key);
};
