import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { type Actor, unitOf } from '#libs/platform/actor/actor.ts';
import { once } from '#libs/platform/commands/idempotency.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { inScope } from '#libs/platform/database/scope.ts';
import { outOfJurisdiction } from '#libs/platform/errors/errors.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { parseCertificateId } from '../certificates/certificate-id.ts';
import { certificatesWhere } from '../certificates/certificate-rows.ts';
import type { CertificateFinding } from '../procedure/own-finding.ts';
import { judgePrint } from './judge-print.ts';
import { type Print, sealNotes } from './print.ts';
import { insertPrint, printsOf } from './print-rows.ts';

const Description = z.object({
  character: z.string().refine((text) => [...text].length === 1),
  description: z.string().trim().min(1).max(40),
});
const Printing = z.object({
  idempotencyKey: z.string().min(1).max(100),
  certificate: z.string().max(100),
  reason: z.string().trim().min(1).max(200).nullish(),
  descriptions: z.array(Description).max(20).nullish(),
});

/** Which print of whose certificate, or why there is none. */
export type PrintDone = { person: string | null; print: string | null; findings: CertificateFinding[] };

/**
 * The unit that issued a certificate, or the school of the studies, prints its paper: every print is on record, and its file is
 * made when it is fetched, never kept.
 */
export const printCertificate = async (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<PrintDone> => {
  const caller = authorize(actor, 'certificate.print');
  const asked = parseInput(Printing, input);
  const key = parseCertificateId(asked.certificate);
  if (key === undefined) throw outOfJurisdiction();
  const now = core.clock.now();
  const unit = unitOf(caller);
  const order = { operation: 'printCertificate', caller: caller.subject, key: asked.idempotencyKey };
  return inScope(core.app, await core.directory.scopeOf(caller), (tx) =>
    once<PrintDone>(tx, { ...order, request: asked, at: now }, async () => {
      const [certificate] = await certificatesWhere(tx, 'person_id = $1 and certificate_id = $2 for update', [
        key.person,
        key.id,
      ]);
      if (certificate === undefined) throw outOfJurisdiction();
      if (unit !== certificate.issuer.code && unit !== certificate.school) throw outOfJurisdiction();
      const before = (await printsOf(tx, [key.person])).filter((each) => each.certificate === key.id);
      const reason = asked.reason ?? null;
      const findings = judgePrint({ ...certificate, prints: before.length, reason });
      if (findings.length > 0) return { person: null, print: null, findings };
      const id = uuidv7();
      const descriptions = Object.fromEntries(
        (asked.descriptions ?? []).map(({ character, description }) => [character, description]),
      );
      const print: Print = {
        ...{
          id,
          person: key.person,
          certificate: key.id,
          place: certificate.place,
          number: before.length + 1,
        },
        notes: sealNotes(core.sealing, id, { reason, descriptions }),
        ...{ printedBy: caller.subject, unit, printedAt: now },
      };
      await insertPrint(tx, print);
      return { person: key.person, print: id, findings: [] };
    }),
  );
};
