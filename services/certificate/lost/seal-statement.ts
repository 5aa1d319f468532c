import { SchoolingCertificateSealed } from '#libs/contracts/events/certificate.ts';
import { judgeReviewTime } from '#libs/law/certificate/review-clock.ts';
import { handOf } from '#libs/law/procedure/course.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { certificateFacts, updateCertificate } from '../certificates/save-certificate.ts';
import { notLost, orderNotHere } from '../procedure/own-finding.ts';
import { judgeDeciding } from '../procedure/two-persons.ts';
import { type CertificateDone, Order, onCertificate } from './on-certificate.ts';
import { lockOriginal } from './stands-for.ts';

/**
 * The competent authority seals a certificate of schooling, which from then on has the force of the lost original (CRT-10);
 * that one must still stand. Where the authority drafted it itself, as custodian of the archives, another person of it seals (ACC-18).
 */
export const sealStatement = (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<CertificateDone> => {
  const caller = authorize(actor, 'certificate.seal');
  const asked = parseInput(Order, input);
  return onCertificate({ core, caller, operation: 'sealStatement' }, asked, async (work) => {
    const { tx, certificate, place, now, today, unit } = work;
    const { sealing } = certificate;
    if (sealing === null || certificate.revokedOn !== null) return [orderNotHere];
    const turn = {
      ...{ unit: sealing.authority, open: certificate.sealedOn === null, openedAt: now },
      ...{ dueOn: sealing.dueOn, handledBy: sealing.draftedBy },
    };
    const deciding = { hand: handOf(caller, 'DECIDES'), decision: 'APPROVE' as const, reason: null };
    const findings = judgeDeciding(turn, deciding, today, place);
    if (findings.length > 0) return findings;
    const stands =
      certificate.beforeRegister ||
      (await lockOriginal(tx, certificate, certificate.originalNumber)) !== undefined;
    if (!stands) return [notLost];
    const after = { ...certificate, sealedOn: today, sealedBy: unit };
    const data = { ...certificateFacts(certificate), sealedOn: today };
    await updateCertificate(tx, now, certificate, after, { kind: SchoolingCertificateSealed, data });
    const { dueOn, provisional } = sealing;
    const time = { business: 'SCHOOLING' as const, dueOn, provisional, stage: certificate.stage };
    return judgeReviewTime(time, today, place);
  });
};
