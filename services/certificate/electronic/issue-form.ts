import { judgeElectronic, judgeElectronicIssuer } from '#libs/law/certificate/electronic.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { once } from '#libs/platform/commands/idempotency.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { asWorker, inScopeOnce } from '#libs/platform/database/scope.ts';
import { outOfJurisdiction, unavailable, versionConflict } from '#libs/platform/errors/errors.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { keyId } from '#libs/platform/signing/keys.ts';
import type { Signing } from '#libs/platform/signing/signing.ts';
import type { Certificate } from '../certificates/certificate.ts';
import { parseCertificateId } from '../certificates/certificate-id.ts';
import { certificatesWhere } from '../certificates/certificate-rows.ts';
import { type CertificateDone, Order } from '../lost/on-certificate.ts';
import { lawPlaceOf } from '../procedure/law-place.ts';
import { formOfNone, isRefused } from '../procedure/own-finding.ts';
import { type ElectronicForm, formsOf, writeForms } from './forms.ts';
import { hasStarted, plansOf } from './plan.ts';

/** A form that is there stays, unless its key was stolen since: then the same words are signed anew. */
const stands = ({ keys }: Signing, form: ElectronicForm | undefined): boolean =>
  form !== undefined &&
  !keys.keys.some(({ key, compromisedFrom }) => compromisedFrom !== undefined && keyId(key) === form.kid);

/** Whether the caller's scope covers the certificate; it is locked and changed by the worker role afterwards. */
const covers = async (core: ServiceCore, caller: Actor, { person, id }: { person: string; id: string }) => {
  const scope = await core.directory.scopeOf(caller);
  const seen = await inScopeOnce(core.app, scope, (tx) =>
    certificatesWhere(tx, 'person_id = $1 and certificate_id = $2', [person, id]),
  );
  return seen.length > 0;
};

/**
 * The issuer gives a certificate its electronic form, with the same number and force as the paper, where the plan of the
 * province has started (CRT-09). A form that is there already is answered again, unless its key was stolen.
 */
export const issueForm = async (
  core: ServiceCore,
  signing: Signing | undefined,
  actor: Actor | null,
  input: unknown,
): Promise<CertificateDone> => {
  const caller = authorize(actor, 'certificate.electronic');
  const asked = parseInput(Order, input);
  const key = parseCertificateId(asked.certificate);
  if (key === undefined || !(await covers(core, caller, key))) throw outOfJurisdiction();
  if (signing === undefined) throw unavailable('signing');
  const [now, today] = [core.clock.now(), core.clock.today()];
  const order = {
    ...{ operation: 'issueElectronicCertificate', caller: caller.subject, key: asked.idempotencyKey },
    ...{ request: asked, at: now },
  };
  const done = await asWorker(core.worker, (tx) =>
    once<CertificateDone>(tx, order, async () => {
      const [certificate] = await certificatesWhere(tx, 'person_id = $1 and certificate_id = $2 for update', [
        ...[key.person, key.id],
      ]);
      if (certificate === undefined) throw outOfJurisdiction();
      if (certificate.version !== asked.expectedVersion) throw versionConflict(certificate.version);
      const plans = await plansOf(tx, certificate.province);
      const findings = await judge(core, certificate, caller, {
        planStarted: hasStarted(plans, certificate.stage, today),
        today,
      });
      if (isRefused(findings)) return { person: null, certificate: null, findings };
      const [form] = await formsOf(tx, [certificate.id]);
      if (!stands(signing, form)) {
        const next = (form?.form ?? 0) + 1;
        await writeForms(tx, { sealing: core.sealing, signing, now }, [{ certificate, form: next }]);
      }
      return { person: certificate.person, certificate: certificate.id, findings };
    }),
  );
  core.wakeRelay();
  return done;
};

const judge = async (
  { directory }: ServiceCore,
  { kind, stage, school, province, state, issuer }: Certificate,
  caller: Actor,
  { planStarted, today }: { planStarted: boolean; today: string },
): Promise<CertificateDone['findings']> => {
  const place = lawPlaceOf(await directory.school(school), province);
  return [
    ...judgeElectronic({ kind, stage, planStarted }, today, place),
    ...judgeElectronicIssuer(
      { byIssuer: issuer.code === (caller.school ?? caller.unit), stage },
      today,
      place,
    ),
    ...(state === 'REVOKED' ? [formOfNone] : []),
  ];
};
