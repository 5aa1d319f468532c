import { z } from 'zod';
import type { LawPlace } from '#libs/law/layers.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { type Command, once } from '#libs/platform/commands/idempotency.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { inScope } from '#libs/platform/database/scope.ts';
import { outOfJurisdiction, versionConflict } from '#libs/platform/errors/errors.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { Certificate } from '../certificates/certificate.ts';
import { parseCertificateId } from '../certificates/certificate-id.ts';
import { certificatesWhere } from '../certificates/certificate-rows.ts';
import { lawPlaceOf } from '../procedure/law-place.ts';
import { type CertificateFinding, isRefused } from '../procedure/own-finding.ts';

/** What every order about a certificate says. */
export const Order = z.object({
  idempotencyKey: z.string().min(1).max(100),
  certificate: z.string().max(100),
  expectedVersion: z.int(),
});

/** Whose certificate changed, or why none did. */
export type CertificateDone = {
  person: string | null;
  certificate: string | null;
  findings: CertificateFinding[];
};

/** A certificate with its lock, and the law of its school. */
export type Work = {
  core: ServiceCore;
  tx: Tx;
  caller: Actor;
  certificate: Certificate;
  place: LawPlace;
  unit: string;
  now: string;
  today: string;
};

/** Runs one order on a certificate once for each key; the order writes what it changes and answers what stands against it. */
export const onCertificate = async (
  { core, caller, operation }: Command,
  asked: z.infer<typeof Order>,
  act: (work: Work) => Promise<CertificateFinding[]>,
): Promise<CertificateDone> => {
  const key = parseCertificateId(asked.certificate);
  if (key === undefined) throw outOfJurisdiction();
  const [now, today] = [core.clock.now(), core.clock.today()];
  const request = { operation, caller: caller.subject, key: asked.idempotencyKey, request: asked, at: now };
  const unit = caller.school ?? caller.unit ?? '';
  const done = await inScope(core.app, await core.directory.scopeOf(caller), (tx) =>
    once<CertificateDone>(tx, request, async () => {
      const [certificate] = await certificatesWhere(tx, 'person_id = $1 and certificate_id = $2 for update', [
        key.person,
        key.id,
      ]);
      if (certificate === undefined) throw outOfJurisdiction();
      if (certificate.version !== asked.expectedVersion) throw versionConflict(certificate.version);
      const place = lawPlaceOf(await core.directory.school(certificate.school), certificate.province);
      const findings = await act({ core, tx, caller, certificate, place, unit, now, today });
      return isRefused(findings)
        ? { person: null, certificate: null, findings }
        : { person: certificate.person, certificate: certificate.id, findings };
    }),
  );
  core.wakeRelay();
  return done;
};
