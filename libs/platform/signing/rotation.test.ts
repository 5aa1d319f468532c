import { keyId, SigningKeys } from './keys.ts';
import { compromised, firstKeys, rotated, withoutOldSecrets } from './rotation.ts';
import { createSigning } from './signing.ts';

const start = '2026-01-01T00:00:00Z';
const turn = '2026-07-01T00:00:00Z';
const first = firstKeys('Ed25519', start);
const [firstKey] = first.keys;
const kid = firstKey ? keyId(firstKey.key) : '';

describe('keys of electronic certificates', () => {
  test('begin with one, which signs', () => {
    expect(createSigning(SigningKeys.parse(first)).signerAt(start).kid).toBe(kid);
    const gm = createSigning(SigningKeys.parse(firstKeys('SGD_SM3_SM2', start)));
    expect(gm.signerAt(start).algorithm).toBe('SGD_SM3_SM2');
  });

  test('are followed by the next one at an instant, published before it', () => {
    const signing = createSigning(SigningKeys.parse(rotated(first, 'Ed25519', turn)));
    expect(signing.signerAt('2026-06-30T23:59:59Z').kid).toBe(kid);
    expect(signing.signerAt(turn).kid).not.toBe(kid);
    expect(() => rotated(first, 'Ed25519', start)).toThrow(RangeError);
  });

  test('lose their private half once their time is over, and not before', () => {
    const both = rotated(first, 'Ed25519', turn);
    expect(withoutOldSecrets(both, '2026-06-30T23:59:59Z')).toEqual(both);
    const later = withoutOldSecrets(both, turn);
    expect(later.keys.map(({ key }) => key.d !== undefined)).toEqual([false, true]);
    expect(SigningKeys.safeParse(later).success).toBe(true);
  });

  test('are replaced at once when the one that signs is stolen', () => {
    const now = '2026-03-01T00:00:00Z';
    const since = '2026-02-20T00:00:00Z';
    const keys = SigningKeys.parse(compromised(first, kid, since, now));
    expect(keys.keys[0]).toMatchObject({ until: now, compromisedFrom: since });
    expect(keys.keys[0]?.key.d).toBeUndefined();
    expect(createSigning(keys).signerAt(now).kid).not.toBe(kid);
    const planned = SigningKeys.parse(compromised(rotated(first, 'Ed25519', turn), kid, since, now));
    expect(planned.keys.map(({ from }) => from)).toEqual([start, now, turn]);
    expect(() => createSigning(planned).signerAt('2026-06-30T23:59:59Z')).not.toThrow();
  });

  test('are replaced before they begin where the next one is stolen', () => {
    const both = rotated(first, 'Ed25519', turn);
    const next = both.keys[1] ? keyId(both.keys[1].key) : '';
    const keys = SigningKeys.parse(compromised(both, next, start, '2026-03-01T00:00:00Z'));
    expect(keys.keys.map(({ from, compromisedFrom }) => [from, compromisedFrom])).toEqual([
      [start, undefined],
      [turn, undefined],
    ]);
    expect(keys.keys.map(({ key }) => keyId(key))).not.toContain(next);
  });

  test('are distrusted from the earliest theft that was told of, and never from one to come', () => {
    const now = '2026-03-01T00:00:00Z';
    const once = compromised(first, kid, '2026-02-10T00:00:00Z', now);
    for (const [since, from] of [
      ['2026-02-20T00:00:00Z', '2026-02-10T00:00:00Z'],
      ['2026-02-01T00:00:00Z', '2026-02-01T00:00:00Z'],
    ] as const)
      expect(compromised(once, kid, since, '2026-03-02T00:00:00Z').keys[0]?.compromisedFrom).toBe(from);
    expect(() => compromised(first, kid, '2026-03-02T00:00:00Z', now)).toThrow(RangeError);
  });

  test('stay as they are where one that has ended was stolen', () => {
    const both = rotated(first, 'Ed25519', turn);
    const keys = SigningKeys.parse(compromised(both, kid, '2026-05-01T00:00:00Z', '2026-08-01T00:00:00Z'));
    expect(keys.keys).toHaveLength(2);
    expect(keys.keys[0]).toMatchObject({ until: turn, compromisedFrom: '2026-05-01T00:00:00Z' });
    expect(() => compromised(both, 'unknown', start, turn)).toThrow(RangeError);
  });
});
