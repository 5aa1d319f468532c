import { CertificateCopied, ReissueRefused } from '#libs/contracts/events/certificate.ts';
import { judgeActingSchool } from '#libs/law/certificate/issuer.ts';
import { hasCopyFromStub, judgeIssue } from '#libs/law/certificate/lost-certificate.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { certificateFacts, updateCertificate } from '../certificates/save-certificate.ts';
import { notLost } from '../procedure/own-finding.ts';
import { actingUnitOf } from './acting-unit.ts';
import { type CertificateDone, Order, onCertificate } from './on-certificate.ts';

/**
 * Somebody lost a certificate and asks for another. What was issued is not issued again (CRT-10, CRT-13): the refusal of a second
 * graduation certificate is told, and a certificate of schooling is the way. Of a completion or incompletion the school makes a
 * copy from the stub, which is marked as one (ours; the texts do not treat that loss).
 */
export const replaceLost = (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<CertificateDone> => {
  const caller = authorize(actor, 'certificate.draft');
  const asked = parseInput(Order, input);
  return onCertificate({ core, caller, operation: 'replaceLost' }, asked, async (work) => {
    const { tx, certificate, place, now, today, unit } = work;
    const { kind, stage } = certificate;
    if (certificate.state !== 'ISSUED') return [notLost];
    const facts = certificateFacts(certificate);
    const school = await core.directory.school(certificate.school);
    const schoolExists = school?.state === 'ACTIVE';
    const custodian = school === undefined || schoolExists ? null : await actingUnitOf(core, tx, school);
    const acting = { school: certificate.school, schoolExists, custodian, actingUnit: unit, stage };
    const notTheirs = judgeActingSchool(acting, today, place);
    if (notTheirs.length > 0) return notTheirs;
    if (!hasCopyFromStub(kind)) {
      const findings = judgeIssue({ kind, stage, issuedBefore: true }, today, place);
      await updateCertificate(tx, now, certificate, certificate, { kind: ReissueRefused, data: facts });
      return findings.length > 0 ? findings : [notLost];
    }
    const copies = certificate.copies + 1;
    const data = { ...facts, copy: copies, copiedOn: today };
    await updateCertificate(
      tx,
      now,
      certificate,
      { ...certificate, copies },
      { kind: CertificateCopied, data },
    );
    return [];
  });
};
