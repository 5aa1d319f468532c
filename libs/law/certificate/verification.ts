import type { IsoDate } from '../dates.ts';
import { type Finding, finding, type LawPlace } from '../finding.ts';
import type { CertificateKind } from './kinds.ts';

/** A certificate as the register holds it. `sealedOn`: asked of certificates of schooling only. */
export type RegisteredCertificate = {
  kind: CertificateKind;
  issuedOn: IsoDate;
  sealedOn: IsoDate | null;
  revokedOn: IsoDate | null;
};

/** What anybody who checks a certificate learns, and nothing else (CRT-13). */
export type Verification =
  | { state: 'VALID' | 'REVOKED'; kind: CertificateKind; year: number }
  | { state: 'UNKNOWN' };

/**
 * Answers whoever holds number and name. A wrong name, a number nobody gave and a certificate of schooling without its seal
 * all look the same: unknown (CRT-13, CRT-10), so that nothing can be found out by trying.
 */
export const verificationOf = (
  certificate: RegisteredCertificate | undefined,
  nameMatches: boolean,
  on: IsoDate,
): Verification => {
  if (!certificate || !nameMatches || on < certificate.issuedOn) return { state: 'UNKNOWN' };
  const sealed = certificate.sealedOn !== null && certificate.sealedOn <= on;
  if (certificate.kind === 'SCHOOLING' && !sealed) return { state: 'UNKNOWN' };
  const revoked = certificate.revokedOn !== null && certificate.revokedOn <= on;
  return {
    state: revoked ? 'REVOKED' : 'VALID',
    kind: certificate.kind,
    year: Number(certificate.issuedOn.slice(0, 4)),
  };
};

/** Says of an unknown certificate that the register has none (CRT-13); not why. */
export const judgeVerification = (answer: Verification, on: IsoDate, place: LawPlace): Finding[] =>
  answer.state === 'UNKNOWN'
    ? [
        finding('CRT-13', {
          message: '未查到与所填编号和姓名相符的有效证书。',
          messageEn: 'The register has no certificate with this number and name.',
          path: ['number'],
          remedy: '请核对证书编号和姓名；仍有疑问的，请向发证单位查询。',
          on,
          place,
        }),
      ]
    : [];
