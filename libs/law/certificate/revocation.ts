import type { IsoDate } from '../dates.ts';
import { enforces } from '../enforces.ts';
import { type Finding, findingIfInForce, type LawPlace } from '../finding.ts';
import type { Stage } from '../layers.ts';
import type { CertificateKind } from './kinds.ts';

/** Why a certificate is revoked: the graduation behind it was rolled back, or it was issued by mistake. */
export type RevocationReason = 'GRADUATION_ROLLED_BACK' | 'ISSUED_BY_MISTAKE';

/** A certificate of the student whose graduation is rolled back. `outcomeId`: the end of studies that it proves. */
export type IssuedCertificate<Id> = { id: Id; kind: CertificateKind; outcomeId: string; revoked: boolean };

/**
 * What the rollback of a graduation takes with it (ENR-35): the graduation certificate of those studies and whatever stood
 * in for it. Papers about other studies of the same student stay.
 */
export const revokedByRollback = <Id>(issued: readonly IssuedCertificate<Id>[], outcomeId: string): Id[] => {
  enforces('ENR-35');
  return issued
    .filter(({ kind, revoked }) => !revoked && (kind === 'GRADUATION' || kind === 'SCHOOLING'))
    .filter((certificate) => certificate.outcomeId === outcomeId)
    .map(({ id }) => id);
};

/** A revocation that a unit asks for. */
export type RevocationFacts = {
  reason: RevocationReason;
  stage: Stage;
  byIssuer: boolean;
  /** The graduation behind it still stands. */
  graduationStands: boolean;
};

/** The issuer alone revokes what it issued (CRT-13), and by rollback only once the graduation is undone (ENR-35). */
export const judgeRevocation = (facts: RevocationFacts, on: IsoDate, place: LawPlace): Finding[] => {
  const where = { outcome: 'REJECT' as const, on, place, stage: facts.stage };
  const rolledBack = facts.reason === 'GRADUATION_ROLLED_BACK';
  return [
    ...(facts.byIssuer
      ? []
      : findingIfInForce('CRT-13', {
          code: 'ISSUER_NOT_AUTHORISED',
          message: '证书只能由发证单位作废。',
          messageEn: 'Only the issuer revokes a certificate.',
          path: ['issuer'],
          remedy: '请报发证单位办理。',
          ownerLevel: 'COUNTY',
          ...where,
        })),
    ...(rolledBack && facts.graduationStands
      ? findingIfInForce('ENR-35', {
          code: 'ROLLBACK_NOT_ALLOWED',
          message: '毕业尚未回退，不能以毕业回退为由作废证书。',
          messageEn: 'The graduation has not been rolled back.',
          path: ['reason'],
          remedy: '请先办理毕业回退。',
          ownerLevel: 'COUNTY',
          ...where,
        })
      : []),
  ];
};
