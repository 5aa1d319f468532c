import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { createSealing } from './sealing.ts';

const key = () => randomBytes(32).toString('base64');
const oldKey = key();
const hashKey = key();
const sealing = createSealing({ current: 'old', keys: { old: oldKey } }, hashKey);

/** Where the initialization vector stands: after the format, the length of the key's id and the id. */
const ivOf = (sealed: Buffer, keyId: string): string =>
  sealed.subarray(2 + keyId.length, 2 + keyId.length + 12).toString('hex');

describe('a sealed value', () => {
  test('opens to itself within its context, whatever it holds', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (value, context) => {
        const text = value.toWellFormed();
        expect(sealing.open(sealing.seal(text, context), context)).toBe(text);
      }),
    );
  });

  test('cannot be moved to another context', () => {
    const sealed = sealing.seal('a value', 'document:one');
    expect(() => sealing.open(sealed, 'document:two')).toThrow();
  });

  test('cannot be altered in any byte', () => {
    const sealed = sealing.seal('a value', 'context');
    fc.assert(
      fc.property(fc.nat(sealed.length - 1), fc.integer({ min: 1, max: 255 }), (at, bits) => {
        const altered = Buffer.from(sealed);
        altered[at] = (altered[at] ?? 0) ^ bits;
        expect(() => sealing.open(altered, 'context')).toThrow();
      }),
    );
  });

  test('never shares an initialization vector with another one', () => {
    const sealed = Array.from({ length: 2_000 }, () => sealing.seal('the same value', 'the same context'));
    expect(new Set(sealed.map((value) => ivOf(value, 'old'))).size).toBe(2_000);
  });

  test('still opens when another key has become the current one, and not where its key is gone', () => {
    const sealed = sealing.seal('a value', 'context');
    const rotated = createSealing({ current: 'new', keys: { old: oldKey, new: key() } }, hashKey);
    expect(rotated.open(sealed, 'context')).toBe('a value');
    const withoutOld = createSealing({ current: 'new', keys: { new: key() } }, hashKey);
    expect(() => withoutOld.open(sealed, 'context')).toThrow('a key that the ring does not hold');
  });
});

describe('a keyed hash', () => {
  test('is equal for equal values of one domain, and differs between values, domains and keys', () => {
    const one = sealing.hash('document', 'value');
    expect(sealing.hash('document', 'value').equals(one)).toBe(true);
    expect(one).toHaveLength(32);
    expect(sealing.hash('document', 'other').equals(one)).toBe(false);
    expect(sealing.hash('student-number', 'value').equals(one)).toBe(false);
    const other = createSealing({ current: 'old', keys: { old: oldKey } }, key());
    expect(other.hash('document', 'value').equals(one)).toBe(false);
  });
});
