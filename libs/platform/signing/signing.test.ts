import { canonicalJson } from './canonical-json.ts';
import { ed25519 } from './ed25519.ts';
import { keyId, SigningKeys } from './keys.ts';
import type { PrivateJwk } from './provider.ts';
import { publishedKeys } from './published-keys.ts';
import { signRevocationList } from './revocation-list.ts';
import { documentDigest, signDocument } from './signed-document.ts';
import { createSigning } from './signing.ts';
import { sm2 } from './sm2.ts';

const from = '2026-01-01T00:00:00Z';
const until = '2026-07-01T00:00:00Z';
const [first, second] = [ed25519.newKey(), ed25519.newKey()];
const open = ({ d: _, ...key }: PrivateJwk) => key;

describe('keys by configuration', () => {
  const bad: [string, unknown][] = [
    ['of SM2 while that is not switched on', { keys: [{ key: sm2.newKey(), from }] }],
    [
      'that overlap',
      {
        keys: [
          { key: first, from, until },
          { key: second, from: '2026-06-01T00:00:00Z' },
        ],
      },
    ],
    [
      'of which an earlier one has no end',
      {
        keys: [
          { key: first, from },
          { key: second, from: until },
        ],
      },
    ],
    ['that end before they begin', { keys: [{ key: first, from, until: from }] }],
    [
      'of which one is listed twice',
      {
        keys: [
          { key: first, from, until },
          { key: first, from: until },
        ],
      },
    ],
    ['without a private half to sign with', { keys: [{ key: open(first), from }] }],
    ['that keep a stolen private half', { keys: [{ key: first, from, until, compromisedFrom: from }] }],
    ['with a field that nobody knows', { keys: [{ key: { ...first, alg: 'none' }, from }] }],
    ['that are none', { keys: [] }],
  ];
  test.each(bad)('are refused %s', (_, keys) => {
    expect(SigningKeys.safeParse(keys).success).toBe(false);
  });

  test('are refused where a private half does not fit its public one', () => {
    const keys = SigningKeys.parse({ keys: [{ key: { ...first, x: second.x }, from }] });
    expect(() => createSigning(keys)).toThrow();
  });

  test('are published with their times and never with a private half', () => {
    const keys = SigningKeys.parse({
      keys: [
        { key: open(first), from, until, compromisedFrom: until },
        { key: second, from: until },
      ],
    });
    const { keys: published, ...times } = publishedKeys(keys, until);
    expect(times).toEqual({ issuedAt: until, nextUpdate: '2026-07-31T00:00:00Z' });
    expect(published).toEqual([
      {
        ...{ kid: keyId(first), kty: 'OKP', crv: 'Ed25519', x: first.x, alg: 'Ed25519', use: 'sig' },
        ...{ nbf: Date.parse(from) / 1000, exp: Date.parse(until) / 1000 },
        revoked: { revoked_at: Date.parse(until) / 1000, reason: 'compromised' },
      },
      expect.objectContaining({ kid: keyId(second), nbf: Date.parse(until) / 1000 }),
    ]);
    expect(JSON.stringify(published)).not.toContain(second.d);
    expect(published.some((key) => 'd' in key)).toBe(false);
  });
});

describe('signing', () => {
  const signing = createSigning(
    SigningKeys.parse({
      keys: [
        { key: first, from, until },
        { key: second, from: until },
      ],
    }),
  );
  const bytes = Buffer.from('bytes');

  test('is done with the key of the moment', () => {
    expect(signing.signerAt(from).kid).toBe(keyId(first));
    expect(signing.signerAt('2026-06-30T23:59:59.999Z').kid).toBe(keyId(first));
    expect(signing.signerAt(until).kid).toBe(keyId(second));
    expect(() => signing.signerAt('2025-12-31T23:59:59Z')).toThrow('No sound signing key');
  });

  test('is checked with every key in its time, and with no other key and no other algorithm', () => {
    const { kid, algorithm, sign } = signing.signerAt(from);
    const signed = { kid, algorithm, at: from, bytes, signature: sign(bytes) };
    expect(signing.verify(signed)).toBe('GOOD');
    expect(signing.verify({ ...signed, at: until })).toBe('BAD');
    expect(signing.verify({ ...signed, kid: keyId(second) })).toBe('BAD');
    expect(signing.verify({ ...signed, kid: 'unknown' })).toBe('BAD');
    expect(signing.verify({ ...signed, algorithm: 'HS256' })).toBe('BAD');
    expect(signing.verify({ ...signed, bytes: Buffer.from('other') })).toBe('BAD');
  });

  test('with a stolen key is refused from the moment of the theft on, and doubtful before', () => {
    const { kid, algorithm, sign } = signing.signerAt(from);
    const compromisedFrom = '2026-03-01T00:00:00Z';
    const later = createSigning(
      SigningKeys.parse({
        keys: [
          { key: open(first), from, until: compromisedFrom, compromisedFrom },
          { key: second, from: compromisedFrom },
        ],
      }),
    );
    const signed = { kid, algorithm, bytes, signature: sign(bytes) };
    expect(later.verify({ ...signed, at: '2026-02-28T23:59:59Z' })).toBe('DOUBTFUL');
    expect(later.verify({ ...signed, at: compromisedFrom })).toBe('BAD');
    expect(later.signerAt(compromisedFrom).kid).toBe(keyId(second));
  });

  test('gives a list of revocations in order, without doubles, for 31 days at most', () => {
    const digests = ['b', 'a', 'b'].map(documentDigest);
    const list = signRevocationList(signing, digests, '2026-05-01T00:00:00.500Z', '2026-06-01T00:00:00Z');
    const payload = JSON.parse(Buffer.from(list.split('.')[1] ?? '', 'base64url').toString());
    expect(payload).toEqual({
      issuedAt: '2026-05-01T00:00:00Z',
      nextUpdate: '2026-06-01T00:00:00Z',
      revoked: [...new Set(digests)].sort(),
    });
    expect(() => signRevocationList(signing, [], from, '2026-02-02T00:00:00Z')).toThrow(RangeError);
  });

  test('writes every value in one way, and refuses what has none', () => {
    expect(canonicalJson({ b: ['欧阳𠮷', 1], a: { d: '"\\\n', c: '' } })).toBe(
      '{"a":{"c":"","d":"\\"\\\\\\n"},"b":["欧阳𠮷",1]}',
    );
    expect(() => canonicalJson(1.5)).toThrow(TypeError);
    expect(() => signDocument(signing, 'xueji-certificate', { name: '\ud83d' }, from)).toThrow(TypeError);
  });
});

describe('Ed25519', () => {
  test('signs as RFC 8032 shows', () => {
    const hex = (text: string): string => Buffer.from(text, 'hex').toString('base64url');
    const key = {
      kty: 'OKP',
      crv: 'Ed25519',
      x: hex('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a'),
      d: hex('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60'),
    };
    const signature = ed25519.signerOf(key)(new Uint8Array());
    expect(Buffer.from(signature).toString('hex')).toBe(
      'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
    );
    expect(ed25519.verifierOf(key)(new Uint8Array(), signature)).toBe(true);
    expect(() => sm2.signerOf(key)).toThrow(TypeError);
    expect(() => ed25519.signerOf(sm2.newKey())).toThrow(TypeError);
  });
});
