import { randomBytes } from 'node:crypto';
import { type Keys, marksOf, unfitting } from './key-marks.ts';

const key = (): string => randomBytes(32).toString('base64');
const old: Keys = { ring: { current: 'old', keys: { old: key() } }, hashKey: key() };
const marks = marksOf(old);
const withRing = (ring: Keys['ring']): Keys => ({ ...old, ring });

describe('the marks of keys', () => {
  test('fit the keys that made them, and show none of them', () => {
    expect(marks.map(({ key }) => key)).toEqual(['HASH_KEY', 'KEY_RING old']);
    expect(unfitting(marks, old)).toEqual([]);
    const shown = Buffer.concat(marks.map(({ mark }) => mark));
    for (const secret of [old.hashKey, old.ring.keys.old ?? ''])
      expect(shown.includes(Buffer.from(secret, 'base64'))).toBe(false);
  });

  test('fit a ring that has got a new current key beside the old one', () => {
    const rotated = withRing({ current: 'new', keys: { ...old.ring.keys, new: key() } });
    expect(unfitting(marks, rotated)).toEqual([]);
    expect(unfitting(marksOf(rotated), rotated)).toEqual([]);
  });

  test.each<[string, Keys, string[]]>([
    ['a second hash key', { ...old, hashKey: key() }, ['HASH_KEY']],
    ['a ring that lacks the old key', withRing({ current: 'new', keys: { new: key() } }), ['KEY_RING old']],
    ['another key under the old name', withRing({ current: 'old', keys: { old: key() } }), ['KEY_RING old']],
    [
      'keys of another registry',
      { ring: { current: 'old', keys: { old: key() } }, hashKey: key() },
      ['HASH_KEY', 'KEY_RING old'],
    ],
  ])('do not fit %s', (_case, keys, wrong) => {
    expect(unfitting(marks, keys)).toEqual(wrong);
  });
});
