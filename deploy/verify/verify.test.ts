import { compactVerify, importJWK } from 'jose';
import { ed25519 } from '#libs/platform/signing/ed25519.ts';
import { SigningKeys } from '#libs/platform/signing/keys.ts';
import type { PrivateJwk } from '#libs/platform/signing/provider.ts';
import { publishedKeys } from '#libs/platform/signing/published-keys.ts';
import { createSigning } from '#libs/platform/signing/signing.ts';
import { sm2 } from '#libs/platform/signing/sm2.ts';
import {
  certificateFile,
  checkedAt,
  checkerOf,
  keysFile,
  listFile,
  signedAnyhow,
  signedAt,
  signingWith,
  someCertificate,
} from '#test/support/signed-certificates.ts';
import { readPublishedKeys } from './published-keys.ts';
import { readRevocations } from './revocations.ts';
import { type Verdict, verifyCertificate } from './verify.ts';
import { verdictText } from './wording.ts';

const open = ({ d: _, ...key }: PrivateJwk) => key;

describe('an electronic certificate is checked offline', () => {
  const signing = signingWith();
  const document = certificateFile(signing);

  test('and is valid where it is genuine and the list in date does not have it', async () => {
    const check = await checkerOf(signing);
    expect(check(document)).toEqual({
      state: 'VALID',
      certificate: someCertificate,
      listOf: '2026-07-01T00:00:00.000Z',
    });
  });

  test('and jose reads the same from it', async () => {
    const [key] = publishedKeys(signing.keys, signedAt).keys;
    const { payload, protectedHeader } = await compactVerify(
      document,
      await importJWK({ ...key }, 'Ed25519'),
    );
    expect(JSON.parse(Buffer.from(payload).toString())).toEqual(someCertificate);
    expect(protectedHeader).toEqual({
      alg: 'Ed25519',
      iat: Date.parse(signedAt) / 1000,
      kid: key?.kid,
      typ: 'xueji-certificate',
    });
  });

  test('and is revoked where the list has it, a list out of date included', async () => {
    const list = listFile(signing, [document]);
    expect((await checkerOf(signing, list))(document).state).toBe('REVOKED');
    const late = Date.parse('2026-09-01T00:00:00Z');
    expect((await checkerOf(signing, list, late))(document).state).toBe('REVOKED');
    const other = certificateFile(signing, { ...someCertificate, holderName: '王小明' });
    expect((await checkerOf(signing, list))(other).state).toBe('VALID');
  });

  test('and stays undecided where the list is out of date from its next update on', async () => {
    const next = Date.parse('2026-07-08T00:00:00Z');
    expect((await checkerOf(signing, listFile(signing), next - 1))(document).state).toBe('VALID');
    const verdict = (await checkerOf(signing, listFile(signing), next))(document);
    expect(verdict).toMatchObject({ state: 'UNDECIDED', doubts: ['LIST_OUT_OF_DATE'] });
  });

  test('and stays undecided without a list', async () => {
    const keys = await readPublishedKeys(keysFile(signing));
    const verdict = verifyCertificate(Buffer.from(document), keys, undefined, checkedAt);
    expect(verdict).toMatchObject({ state: 'UNDECIDED', doubts: ['NO_LIST'] });
  });

  test.each([
    ['altered', (list: string) => list.replace(/.$/, (end) => (end === 'A' ? 'Q' : 'A'))],
    ['signed by somebody else', () => listFile(signingWith(ed25519.newKey()))],
    ['a certificate', () => document],
    [
      'good for too long',
      () =>
        signedAnyhow(
          `{"alg":"Ed25519","iat":1782864000,"kid":"${signing.signerAt(signedAt).kid}","typ":"xueji-revocations"}`,
          '{"issuedAt":"2026-07-01T00:00:00Z","nextUpdate":"2027-07-01T00:00:00Z","revoked":[]}',
        ),
    ],
  ])('and a list that is %s is not listened to', async (_, forge) => {
    const check = await checkerOf(signing, forge(listFile(signing)));
    expect(check(document)).toMatchObject({ state: 'UNDECIDED', doubts: ['LIST_NOT_GENUINE'] });
  });

  test('and one that is said to be signed in the future is refused', async () => {
    const hour = 3_600_000;
    const at = (time: number) => certificateFile(signing, someCertificate, new Date(time).toISOString());
    const check = await checkerOf(signing);
    expect(check(at(checkedAt + 60_000)).state).toBe('VALID');
    expect(check(at(checkedAt + hour)).state).toBe('FORGED');
  });
});

describe('keys change', () => {
  const [old, next] = [ed25519.newKey(), ed25519.newKey()];
  const turn = '2026-08-01T00:00:00Z';
  const life = { key: old, from: '2026-01-01T00:00:00Z', until: turn };
  const signing = createSigning(SigningKeys.parse({ keys: [life, { key: next, from: turn }] }));
  const afterwards = Date.parse('2026-09-01T00:00:00Z');
  const list = listFile(signing, [], '2026-08-31T00:00:00Z', '2026-09-07T00:00:00Z');
  const before = certificateFile(signing, someCertificate, '2026-07-31T23:59:59Z');
  const after = certificateFile(signing, someCertificate, turn);

  test('and what the earlier key signed in its time stays valid', async () => {
    const check = await checkerOf(signing, list, afterwards);
    expect([check(before).state, check(after).state]).toEqual(['VALID', 'VALID']);
    expect(before.split('.')[0]).not.toBe(after.split('.')[0]);
  });

  test('and the earlier key signs nothing later', async () => {
    const alone = createSigning(SigningKeys.parse({ keys: [{ key: old, from: life.from }] }));
    const check = await checkerOf(signing, list, afterwards);
    expect(check(certificateFile(alone, someCertificate, '2026-07-31T23:59:59Z')).state).toBe('VALID');
    expect(check(certificateFile(alone, someCertificate, turn)).state).toBe('FORGED');
  });

  test('and of a stolen one, what it signed since is forged and what it signed before is in doubt', async () => {
    const compromisedFrom = '2026-07-15T00:00:00Z';
    const stolen = createSigning(
      SigningKeys.parse({
        keys: [
          { ...life, key: open(old), compromisedFrom },
          { key: next, from: turn },
        ],
      }),
    );
    const check = await checkerOf(stolen, list, afterwards);
    const alone = createSigning(SigningKeys.parse({ keys: [{ key: old, from: life.from }] }));
    expect(check(certificateFile(alone, someCertificate, compromisedFrom)).state).toBe('FORGED');
    expect(check(certificateFile(alone, someCertificate, '2026-07-14T23:59:59Z'))).toMatchObject({
      state: 'UNDECIDED',
      doubts: ['KEY_COMPROMISED_SINCE'],
    });
    expect(check(after).state).toBe('VALID');
    const lateList = listFile(alone, [], '2026-07-14T00:00:00Z', '2026-08-10T00:00:00Z');
    const soon = Date.parse('2026-08-02T00:00:00Z');
    expect((await checkerOf(stolen, lateList, soon))(after)).toMatchObject({ doubts: ['LIST_NOT_GENUINE'] });
  });
});

describe('a certificate signed with SM2', () => {
  const signing = signingWith(sm2.newKey());
  const document = certificateFile(signing);

  test('is valid, and no bit of its signature or payload can be another', async () => {
    const check = await checkerOf(signing);
    expect(check(document)).toMatchObject({ state: 'VALID', certificate: someCertificate });
    const bytes = Buffer.from(document);
    const forged = Array.from({ length: 200 }, (_, step) => {
      const at = bytes.length - 1 - step;
      return Uint8Array.from(bytes).fill((bytes[at] ?? 0) ^ 1, at, at + 1);
    });
    expect(forged.filter((one) => check(one).state !== 'FORGED')).toEqual([]);
  });
});

describe('a file of keys', () => {
  const file = publishedKeys(signingWith().keys, signedAt);
  const [key] = file.keys;
  const sm2Key = publishedKeys(signingWith(sm2.newKey()).keys, signedAt).keys[0];
  const withKeys = (...keys: object[]): object => ({ ...file, keys });

  test.each([
    ['is no object', 'x'],
    ['has no keys', withKeys()],
    ['has a key under the name of another', withKeys({ ...key, x: open(ed25519.newKey()).x })],
    ['has a private key', withKeys({ ...key, d: 'AAAA' })],
    ['names another algorithm', withKeys({ ...key, alg: 'HS256' })],
    ['has a key twice', withKeys({ ...key }, { ...key })],
    ['has times that are none', withKeys({ ...key, nbf: 'now' })],
    ['has a point off the curve', withKeys({ ...sm2Key, y: sm2Key?.x })],
    ['is good for ever', { keys: file.keys }],
    ['is good for years', { ...file, nextUpdate: '2036-01-01T00:00:00Z' }],
  ])('that %s is not used', async (_, content) => {
    await expect(readPublishedKeys(Buffer.from(JSON.stringify(content)))).rejects.toThrow();
  });

  test('is relied on for thirty days, and then says nothing more about theft', async () => {
    const signing = signingWith();
    const keys = await readPublishedKeys(keysFile(signing));
    const end = Date.parse(signedAt) + 30 * 86_400_000;
    const at = (now: number): Verdict => {
      const day = 86_400_000;
      const [made, next] = [now - day, now + day].map((time) => new Date(time).toISOString());
      const list = readRevocations(Buffer.from(listFile(signing, [], made, next)), keys, now);
      return verifyCertificate(Buffer.from(certificateFile(signing)), keys, list, now);
    };
    expect(at(end - 1_000).state).toBe('VALID');
    expect(at(end)).toMatchObject({ state: 'UNDECIDED', doubts: ['KEYS_OUT_OF_DATE'] });
  });

  test('may be older than a key: that is said of a certificate whose key it does not have', async () => {
    const check = await checkerOf(signingWith());
    const other = certificateFile(signingWith(ed25519.newKey()));
    expect(check(other)).toEqual({ state: 'FORGED', why: 'UNKNOWN_KEY' });
    expect(check(`${other} `)).toEqual({ state: 'FORGED', why: 'ALTERED' });
  });
});

describe('what a person is shown', () => {
  test('holds no sign that a terminal obeys', async () => {
    const holderName = '\u202e明小王\u2028已核验\u200f';
    const check = await checkerOf(signingWith());
    const text = verdictText(check(certificateFile(signingWith(), { ...someCertificate, holderName })));
    expect(text).toContain('⟨U+202E⟩明小王⟨U+2028⟩已核验⟨U+200F⟩');
    expect(text).not.toMatch(/[\u202e\u2028\u200f]/);
  });
});
