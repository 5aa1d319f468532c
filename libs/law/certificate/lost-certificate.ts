import type { IsoDate } from '../dates.ts';
import { prevailing } from '../enrollment/prevailing.ts';
import { type Finding, type FindingSpec, findingIfInForce, type LawPlace } from '../finding.ts';
import type { Stage } from '../layers.ts';
import type { CertificateKind } from './kinds.ts';

/** A certificate that is asked for. `issuedBefore`: one of the kind was issued for the same studies and not revoked. */
export type IssueFacts = { kind: CertificateKind; stage: Stage; issuedBefore: boolean };

/**
 * A graduation certificate is issued once; what was lost is not issued again, and a certificate of schooling takes its
 * place (CRT-10). Where no text speaks of the loss the number stays the only one all the same (CRT-13).
 */
export const judgeIssue = (facts: IssueFacts, on: IsoDate, place: LawPlace): Finding[] => {
  if (!facts.issuedBefore || facts.kind === 'SCHOOLING') return [];
  const spec: FindingSpec = {
    code: 'REISSUE_FORBIDDEN',
    outcome: 'REJECT',
    message: '证书已经发放，遗失的不再补发。',
    messageEn: 'The certificate has been issued; a lost one is not issued again.',
    path: ['kind'],
    remedy:
      facts.kind === 'GRADUATION'
        ? '毕业证书遗失的，请向毕业学校申请学历证明书。'
        : '请由学校依据存根出具副本。',
    ownerLevel: 'SCHOOL',
    on,
    place,
    stage: facts.stage,
  };
  return prevailing(
    facts.kind === 'GRADUATION' ? findingIfInForce('CRT-10', spec) : [],
    findingIfInForce('CRT-13', spec),
  );
};

/** True for papers of which the school gives a marked copy from the stub (ours; the texts do not treat their loss). */
export const hasCopyFromStub = (kind: CertificateKind): boolean =>
  kind === 'COMPLETION' || kind === 'INCOMPLETION';

/**
 * A certificate of schooling that is asked for. `originalNumber`: of the lost certificate, null while not given; `originalKnown`: it
 * is that of the graduation certificate that the register has of these studies. `inRegister`: the register has one of them, or has
 * given the number to somebody. `proofs`: how many papers show the graduation.
 */
export type SchoolingFacts = {
  stage: Stage;
  originalNumber: string | null;
  originalKnown: boolean;
  inRegister: boolean;
  proofs: number;
};

/**
 * It states the number of the original (CRT-11), which is that of the register. The form asks for the number and no text for a
 * register of it: of a graduation that the register does not know the school states the number by what it can show, and whoever
 * seals is told that it rests on that.
 */
export const judgeSchoolingCertificate = (facts: SchoolingFacts, on: IsoDate, place: LawPlace): Finding[] => {
  const isStated = Boolean(facts.originalNumber?.trim());
  if (isStated && facts.originalKnown) return [];
  const where = { path: ['originalCertificateNumber'], ownerLevel: 'SCHOOL' as const, on, place };
  const restsOnProofs = isStated && !facts.inRegister && facts.proofs > 0;
  const spec: FindingSpec = restsOnProofs
    ? {
        code: 'ORIGINAL_NOT_IN_REGISTER',
        outcome: 'WARN',
        message: '登记中没有该毕业证书，原毕业证书号码以学校提供的证明材料为准。',
        messageEn: 'The register does not know the original; its number rests on the proofs of the school.',
        remedy: '请验印单位核对学校提供的存根、毕业生名册等证明材料。',
        ...where,
        stage: facts.stage,
      }
    : {
        code: 'ORIGINAL_NUMBER_MISSING',
        outcome: 'REJECT',
        message: isStated ? '登记中没有该生以此编号取得的毕业证书。' : '学历证明书须载明原毕业证书号码。',
        messageEn:
          'A certificate of schooling states the number of the original: that of the register, or one that is proved.',
        remedy:
          '请由毕业学校依据存根或登记核实原毕业证书号码；系统建立前毕业、登记中没有的，请一并上传证明材料。',
        ...where,
        stage: facts.stage,
      };
  return prevailing(findingIfInForce('CRT-11', spec), findingIfInForce('CRT-13', spec));
};

/** It takes effect, with the force of the original, once the competent authority has sealed it (CRT-10). */
export const judgeSeal = (
  facts: { kind: CertificateKind; stage: Stage; sealed: boolean },
  on: IsoDate,
  place: LawPlace,
): Finding[] =>
  facts.kind !== 'SCHOOLING' || facts.sealed
    ? []
    : findingIfInForce('CRT-10', {
        code: 'NOT_SEALED',
        outcome: 'REJECT',
        message: '学历证明书尚未经主管教育行政部门验印，尚未生效。',
        messageEn: 'The competent authority has not sealed it; it has no effect yet.',
        path: ['authoritySeal'],
        remedy: '请报主管教育行政部门验印。',
        ownerLevel: 'COUNTY',
        on,
        place,
        stage: facts.stage,
      });
