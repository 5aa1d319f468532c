import { createPrivateKey, sign } from 'node:crypto';
import { readPublishedKeys } from '#deploy/verify/published-keys.ts';
import { readRevocations } from '#deploy/verify/revocations.ts';
import { type Verdict, verifyCertificate } from '#deploy/verify/verify.ts';
import type { ElectronicCertificate } from '#libs/law/certificate/electronic.ts';
import { ed25519 } from '#libs/platform/signing/ed25519.ts';
import { SigningKeys } from '#libs/platform/signing/keys.ts';
import type { PrivateJwk } from '#libs/platform/signing/provider.ts';
import { publishedKeys } from '#libs/platform/signing/published-keys.ts';
import { signRevocationList } from '#libs/platform/signing/revocation-list.ts';
import { documentDigest, signDocument } from '#libs/platform/signing/signed-document.ts';
import { createSigning, type Signing } from '#libs/platform/signing/signing.ts';

export const someCertificate: ElectronicCertificate = {
  number: '140105-1-2026-000123-43',
  kind: 'GRADUATION',
  stage: 'SENIOR',
  holderName: '欧阳𠮷祥',
  schoolName: '太原市第五中学校',
  issuerName: '太原市教育局',
  endedIn: '2026-06',
  issuedOn: '2026-06-28',
};

/** Ed25519 keys of an issuer that signs since 2026. */
export const issuerKey = ed25519.newKey();
export const signingWith = (key: PrivateJwk = issuerKey): Signing =>
  createSigning(SigningKeys.parse({ sm2: true, keys: [{ key, from: '2026-01-01T00:00:00Z' }] }));

export const signedAt = '2026-07-01T02:00:00Z';
export const checkedAt = Date.parse('2026-07-02T00:00:00Z');

export const certificateFile = (
  signing: Signing = signingWith(),
  certificate: ElectronicCertificate = someCertificate,
  at: string = signedAt,
): string => signDocument(signing, 'xueji-certificate', certificate, at);

export const keysFile = (signing: Signing, issuedAt: string = signedAt): Buffer =>
  Buffer.from(JSON.stringify(publishedKeys(signing.keys, issuedAt)));

export const listFile = (
  signing: Signing,
  revokedDocuments: readonly string[] = [],
  issuedAt = '2026-07-01T00:00:00Z',
  nextUpdate = '2026-07-08T00:00:00Z',
): string => signRevocationList(signing, revokedDocuments.map(documentDigest), issuedAt, nextUpdate);

/** Checks documents with the published keys of an issuer and a list of revocations (by default one in date). */
export const checkerOf = async (
  signing: Signing,
  list: string | undefined = listFile(signing),
  now: number = checkedAt,
): Promise<(document: string | Uint8Array) => Verdict> => {
  const keys = await readPublishedKeys(keysFile(signing, new Date(now).toISOString()));
  const revocations = readRevocations(Buffer.from(list), keys, now) ?? 'NOT_GENUINE';
  return (document) => verifyCertificate(Buffer.from(document), keys, revocations, now);
};

const part = (text: string): string => Buffer.from(text).toString('base64url');

/** A compact JWS of any header and payload, well or badly written, truly signed by a key. */
export const signedAnyhow = (header: string, payload: string, key: PrivateJwk = issuerKey): string => {
  const input = `${part(header)}.${part(payload)}`;
  const signature = sign(null, Buffer.from(input), createPrivateKey({ key, format: 'jwk' }));
  return `${input}.${signature.toString('base64url')}`;
};
