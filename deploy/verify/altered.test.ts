import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { ed25519 } from '#libs/platform/signing/ed25519.ts';
import { keyId } from '#libs/platform/signing/keys.ts';
import {
  certificateFile,
  checkerOf,
  issuerKey,
  signedAnyhow,
  signingWith,
  someCertificate,
} from '#test/support/signed-certificates.ts';

const signing = signingWith();
const original = certificateFile(signing);
const [head = '', body = '', tail = ''] = original.split('.');
const text = (part: string): string => Buffer.from(part, 'base64url').toString('utf8');
const part = (plain: string | Uint8Array): string => Buffer.from(plain).toString('base64url');
const header = text(head);
const payload = text(body);
const stranger = ed25519.newKey();

const withHeader = (edited: string): string => `${part(edited)}.${body}.${tail}`;
const withPayload = (edited: string): string => `${head}.${part(edited)}.${tail}`;

/** The same objects, written otherwise. */
const rewritten = (json: string): string[] => {
  const value: Record<string, unknown> = JSON.parse(json);
  const names = Object.keys(value);
  const [first = ''] = names;
  return [
    ` ${json}`,
    `${json}\n`,
    `\ufeff${json}`,
    JSON.stringify(value, null, 1),
    JSON.stringify(Object.fromEntries(names.toReversed().map((name) => [name, value[name]]))),
    json.replace(':', ': '),
    json.replace(first, `\\u00${first.charCodeAt(0).toString(16)}${first.slice(1)}`),
    json.replace('{', `{"${first}":${JSON.stringify(value[first])},`),
    json.replace('{', `{"__proto__":{},`),
    `[${json}]`,
    JSON.stringify(json),
  ];
};

const flips = (): Uint8Array[] => {
  const bytes = Buffer.from(original);
  return [...bytes].flatMap((byte, at) =>
    [0, 1, 2, 3, 4, 5, 6, 7].map((bit) => Uint8Array.from(bytes).fill(byte ^ (1 << bit), at, at + 1)),
  );
};
const cuts = (): string[] =>
  [...original].flatMap((_, at) => [original.slice(0, at), original.slice(at + 1)]);
const insertions = (): string[] =>
  [...original].flatMap((_, at) =>
    ['A', '.', '=', '\n'].map((sign) => original.slice(0, at) + sign + original.slice(at)),
  );
const losses = (): string[] =>
  [...original]
    .map((_, at) => original.slice(0, at) + original.slice(at + 1))
    .filter((one) => one !== original);
const surroundings = (): string[] =>
  ['\n', '\r\n', ' ', '\0', '\ufeff', '.', '='].flatMap((more) => [original + more, more + original]);

/** Other last signs that decode to the same bytes: their last bits mean nothing. */
const looseEnds = (): string[] => {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const same = (piece: string): string[] =>
    [...alphabet, '=', '==']
      .flatMap((sign) => [piece.slice(0, -1) + sign, piece + sign])
      .filter((other) => {
        const meansTheSame = Buffer.from(other, 'base64url').equals(Buffer.from(piece, 'base64url'));
        return other !== piece && meansTheSame;
      });
  return [
    ...same(head).map((other) => `${other}.${body}.${tail}`),
    ...same(body).map((other) => `${head}.${other}.${tail}`),
    ...same(tail).map((other) => `${head}.${body}.${other}`),
    `${head}.${body}.${tail.replaceAll('-', '+').replaceAll('_', '/')}=`,
  ].filter((other) => other !== original);
};

/** Order of the group of Ed25519: S and S + L fulfil the same equation. */
const groupOrder = 2n ** 252n + 27742317777372353535851937790883648493n;
const secondForms = (): string[] => {
  const bytes = Buffer.from(tail, 'base64url');
  const s = BigInt(`0x${Buffer.from(bytes.subarray(32)).reverse().toString('hex')}`);
  return [1n, 2n, 3n, 4n, 5n, 6n, 7n]
    .map((times) => s + times * groupOrder)
    .filter((other) => other < 2n ** 256n)
    .map((other) => {
      const half = Buffer.from(other.toString(16).padStart(64, '0'), 'hex').reverse();
      return `${head}.${body}.${part(Buffer.concat([bytes.subarray(0, 32), half]))}`;
    });
};

const headers = (): string[] => {
  const { kid, iat } = JSON.parse(header) as { kid: string; iat: number };
  const plain = { alg: 'Ed25519', iat, kid, typ: 'xueji-certificate' };
  const publicKey = { kty: stranger.kty, crv: stranger.crv, x: stranger.x };
  const edited: object[] = [
    ...['none', 'None', 'HS256', 'HS512', 'EdDSA', 'ES256', 'RS256', 'SGD_SM3_SM2', '', 'ed25519'].map(
      (alg) => ({ ...plain, alg }),
    ),
    ...['xueji-revocations', 'JWT', ''].map((typ) => ({ ...plain, typ })),
    { ...plain, kid: keyId(stranger) },
    { ...plain, kid: '' },
    ...[0, -1, 1.5, iat + 1, iat - 1, 9e15, String(iat), null].map((time) => ({ ...plain, iat: time })),
    { alg: 'Ed25519', b64: false, crit: ['b64'], iat, kid, typ: plain.typ },
    { ...plain, crit: ['exp'], exp: iat },
    { alg: 'Ed25519', iat, jwk: publicKey, kid, typ: plain.typ },
    { alg: 'Ed25519', iat, jku: 'https://example.org/keys', kid, typ: plain.typ },
  ];
  const texts = edited.map((one) => JSON.stringify(one));
  const secret = Buffer.from(issuerKey.x, 'base64url');
  const confused = texts.map((one) => {
    const input = `${part(one)}.${body}`;
    return [32, 64].map((length) => {
      const mac = createHmac(length === 32 ? 'sha256' : 'sha512', secret)
        .update(input)
        .digest();
      return `${input}.${part(mac)}`;
    });
  });
  return [
    ...texts.map(withHeader),
    ...texts.map((one) => `${part(one)}.${body}.`),
    ...texts.map((one) => signedAnyhow(one, payload, stranger)),
    ...confused.flat(),
    ...rewritten(header).map(withHeader),
  ];
};

const payloads = (): string[] => {
  const edits = Object.entries(someCertificate).flatMap(([name, value]) => {
    const { [name]: _, ...without } = { ...someCertificate } as Record<string, string>;
    return [`${value}.`, value.slice(1), '', null, 1, [value]]
      .map((other) => ({ ...someCertificate, [name]: other }))
      .concat([without as never]);
  });
  const texts = edits.map((one) => JSON.stringify(Object.fromEntries(Object.entries(one).sort())));
  return [
    ...texts.map(withPayload),
    ...rewritten(payload).map(withPayload),
    ...texts.map((one) => signedAnyhow(header, one, stranger)),
  ];
};

/** Written by the issuer's own key, and yet nothing that an electronic certificate may be. */
const badlyIssued = (): string[] => {
  const extra = ['idNumber', 'studentNumber', 'birthDate', 'gender', 'photo'].map((name) =>
    JSON.stringify(Object.fromEntries(Object.entries({ ...someCertificate, [name]: 'x' }).sort())),
  );
  const schooling = payload.replace('"GRADUATION"', '"SCHOOLING"');
  const nested = `${'['.repeat(5_000)}${']'.repeat(5_000)}`;
  return [
    ...extra.map((one) => signedAnyhow(header, one)),
    ...rewritten(payload).map((one) => signedAnyhow(header, one)),
    ...rewritten(header).map((one) => signedAnyhow(one, payload)),
    signedAnyhow(header, schooling),
    signedAnyhow(header, nested),
    signedAnyhow(header, `{"a":${nested}}`),
    signedAnyhow(header, payload.replace('欧阳', 'x'.repeat(20_000))),
    signedAnyhow(header.replace('{', '{"crit":["x"],'), payload),
  ];
};

const others = [1, 2, 3, 4, 5].map((serial) =>
  certificateFile(signing, { ...someCertificate, number: `140105-1-2026-00000${serial}-11` }),
);
/** Head, body and signature of different true certificates, put together anew. */
const swapped = (): string[] =>
  others.flatMap((other) => {
    const [, otherBody = '', otherTail = ''] = other.split('.');
    return [`${head}.${otherBody}.${tail}`, `${head}.${body}.${otherTail}`];
  });

/** Several places changed at once, from a fixed seed. */
const scattered = (most: number): Uint8Array[] => {
  const place = fc.tuple(fc.nat({ max: original.length - 1 }), fc.integer({ min: 1, max: 255 }));
  return fc
    .sample(fc.array(place, { minLength: 2, maxLength: 6 }), { numRuns: most, seed: 20260701 })
    .map((changes) => {
      const bytes = Uint8Array.from(Buffer.from(original));
      for (const [at, by] of changes) bytes[at] = (bytes[at] ?? 0) ^ by;
      return bytes;
    })
    .filter((bytes) => !Buffer.from(bytes).equals(Buffer.from(original)));
};

describe('an electronic certificate that was altered', () => {
  const kinds = {
    'by one bit anywhere': flips(),
    'by cutting it': cuts(),
    'by a sign put in': insertions(),
    'by a sign taken out': losses(),
    'by something before or after it': surroundings(),
    'by another writing of the same bytes in base64url': looseEnds(),
    'by adding the order of the group to its signature': secondForms(),
    'in its header, or signed as the header then says': headers(),
    'in its payload, or written otherwise with the same meaning': payloads(),
    'by parts of other true certificates': swapped(),
    'in several places at once': scattered(3_000),
    'by the issuer itself into something that it must not be': badlyIssued(),
  };

  test.each(Object.entries(kinds))('%s is refused', async (_, documents) => {
    const check = await checkerOf(signing);
    expect(documents.length).toBeGreaterThan(0);
    const taken = documents.filter((document) => check(document).state !== 'FORGED');
    expect(taken.map((document) => Buffer.from(document).toString())).toEqual([]);
  });

  test('is one of more than ten thousand that differ from each other, and the original is valid', async () => {
    const check = await checkerOf(signing);
    const all = Object.values(kinds)
      .flat()
      .map((document) => Buffer.from(document).toString('latin1'));
    expect(new Set(all).size).toBeGreaterThan(10_000);
    expect(all).not.toContain(original);
    expect(check(original)).toMatchObject({ state: 'VALID', certificate: someCertificate });
  });

  test('is refused for the whole certificate of an unknown key, whatever name the key takes', async () => {
    const check = await checkerOf(signing);
    expect(check(certificateFile(signingWith(stranger))).state).toBe('FORGED');
    expect(check(signedAnyhow(header, payload, stranger)).state).toBe('FORGED');
    expect(check(signedAnyhow(header, payload)).state).toBe('VALID');
  });
});
