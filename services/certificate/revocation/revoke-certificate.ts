import { z } from 'zod';
import { outcomeOfStatus } from '#libs/law/certificate/kinds.ts';
import { judgeRevocation } from '#libs/law/certificate/revocation.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { execute } from '#libs/platform/database/query.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { type CertificateDone, Order, onCertificate } from '../lost/on-certificate.ts';
import { lockStandIns } from '../lost/stands-for.ts';
import { isRefused, notLost } from '../procedure/own-finding.ts';
import { studiesWhere } from '../studies/study-rows.ts';
import { revokeRows } from './revoke-rows.ts';

const Revoking = Order.extend({ reason: z.enum(['GRADUATION_ROLLED_BACK', 'ISSUED_BY_MISTAKE']) });

/**
 * The issuer alone revokes what it issued (CRT-13), by mistake, or because the graduation behind it is undone (ENR-35). The number is
 * never used again; the outcome is void, so that one that is right can be uploaded. What stands in for a graduation certificate
 * falls with it.
 */
export const revokeCertificate = (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<CertificateDone> => {
  const caller = authorize(actor, 'certificate.revoke');
  const asked = parseInput(Revoking, input);
  return onCertificate({ core, caller, operation: 'revokeCertificate' }, asked, async (work) => {
    const { tx, certificate, place, now, today, unit } = work;
    if (certificate.revokedOn !== null) return [notLost];
    const { person, enrollment, stage, issuer } = certificate;
    const [study] = await studiesWhere(tx, 'person_id = $1 and enrollment_id = $2', [person, enrollment]);
    const graduationStands = study !== undefined && outcomeOfStatus(study.status) === 'GRADUATION';
    const facts = { reason: asked.reason, stage, byIssuer: issuer.code === unit, graduationStands };
    const findings = judgeRevocation(facts, today, place);
    if (isRefused(findings)) return findings;
    const standIns = certificate.kind === 'GRADUATION' ? await lockStandIns(tx, certificate) : [];
    await revokeRows(tx, [certificate, ...standIns], { at: now, on: today, reason: asked.reason });
    if (certificate.kind !== 'SCHOOLING') {
      await execute(
        tx,
        `update outcome set state = 'VOID' where person_id = $1 and enrollment_id = $2 and kind = $3 and state = 'ISSUED'`,
        [person, enrollment, certificate.kind],
      );
    }
    return findings;
  });
};
