import fc from 'fast-check';
import second from 'sm-crypto';
import type { PublicJwk } from './provider.ts';
import { sm2 } from './sm2.ts';

const base64url = (hex: string): string => Buffer.from(hex, 'hex').toString('base64url');
const bytesOf = (hex: string): Buffer => Buffer.from(hex, 'hex');
const keyOf = (x: string, y: string): PublicJwk => ({
  kty: 'EC',
  crv: 'SM2',
  x: base64url(x),
  y: base64url(y),
});
const hexOf = (part = ''): string => Buffer.from(part, 'base64url').toString('hex');
const pointOf = ({ x, y }: PublicJwk): string => `04${hexOf(x)}${hexOf(y)}`;

/** The example of GM/T 0003.5, annex A: user 1234567812345678, text `message digest`. */
const standard = {
  d: '3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8',
  key: keyOf(
    '09f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020',
    'ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13',
  ),
  text: Buffer.from('message digest'),
  signature: bytesOf(
    'f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa',
  ),
};

/** Made by `openssl pkeyutl -sign -rawin -digest sm3 -pkeyopt distid:1234567812345678` of OpenSSL 3.0. */
const openssl = {
  key: keyOf(
    '152f1b624d3bf5611f0494f93991f6d73f5d192dc2b76baf94f76b56bb804ff2',
    '14b747030c67afbd9ae8fcc6b41aa8d4c37081afde572f07413161294539c9d6',
  ),
  text: Buffer.from('学籍证书 certificate'),
  signatures: [
    '7d2555b4327350b3b9272940f12863bef253e2701c2cbada5e82f5473f77a11252bf1d31b413214757351b952a8f9581b84f6e237f9b04b9c7818a33df78440d',
    '52690d2b8a14e6ab851d18d255ff4e992f21e943818c0c0678fd0518a430ad9649a16a8776aa9a0506ada056a71edea82329094d4d349fca5f2f89e28ca8243c',
  ].map(bytesOf),
};

const order = 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n;

describe('SM2 with SM3', () => {
  test('takes the signature that the standard shows', () => {
    const verify = sm2.verifierOf(standard.key);
    expect(verify(standard.text, standard.signature)).toBe(true);
    expect(verify(Buffer.from('message digesT'), standard.signature)).toBe(false);
  });

  test('signs with the key of the standard so that its public key takes it', () => {
    const sign = sm2.signerOf({ ...standard.key, d: base64url(standard.d) });
    expect(sm2.verifierOf(standard.key)(standard.text, sign(standard.text))).toBe(true);
  });

  test('takes signatures of OpenSSL', () => {
    const verify = sm2.verifierOf(openssl.key);
    for (const signature of openssl.signatures) expect(verify(openssl.text, signature)).toBe(true);
  });

  test('understands a second library, and is understood by it', () => {
    const key = sm2.newKey();
    const sign = sm2.signerOf(key);
    const verify = sm2.verifierOf(key);
    const options = { hash: true, der: false, publicKey: pointOf(key) };
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (text) => {
        const ours = Buffer.from(sign(text)).toString('hex');
        const theirs = second.sm2.doSignature([...text], hexOf(key.d), options);
        expect(second.sm2.doVerifySignature([...text], ours, pointOf(key), options)).toBe(true);
        expect(verify(text, bytesOf(theirs))).toBe(true);
      }),
      { numRuns: 20, seed: 5 },
    );
  });

  test('takes one form of a signature and no other bytes', () => {
    const key = sm2.newKey();
    const verify = sm2.verifierOf(key);
    const text = Buffer.from('text');
    const signature = Buffer.from(sm2.signerOf(key)(text));
    const s = BigInt(`0x${signature.subarray(32).toString('hex')}`);
    const half = (value: bigint) => bytesOf(value.toString(16).padStart(64, '0').slice(-64));
    const forms = [s + order, order - s, 0n, order].map((value) =>
      Buffer.concat([signature.subarray(0, 32), half(value)]),
    );
    const lengths = [Buffer.alloc(0), signature.subarray(1), Buffer.concat([signature, signature])];
    for (const other of [...forms, ...lengths, Buffer.alloc(64)]) expect(verify(text, other)).toBe(false);
    fc.assert(
      fc.property(fc.nat({ max: 511 }), (bit) => {
        const other = Buffer.from(signature);
        other[bit >> 3] = (other[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        return !verify(text, other);
      }),
      { numRuns: 60, seed: 7 },
    );
  });

  test('refuses keys that are no points of the curve', () => {
    expect(() => sm2.verifierOf(keyOf('09'.repeat(32), '07'.repeat(32)))).toThrow();
    expect(() => sm2.verifierOf({ ...standard.key, x: 'AA' })).toThrow();
  });
});
