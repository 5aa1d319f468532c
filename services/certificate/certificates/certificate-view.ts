import { hasCopyFromStub } from '#libs/law/certificate/lost-certificate.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { proofLink } from '#libs/platform/files/proof-links.ts';
import { isGranted } from '#libs/platform/permissions/table.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { createElectronicViews } from '../electronic/electronic-resolvers.ts';
import type { Resolvers } from '../generated/types.ts';
import { proofsOf } from '../lost/proof-rows.ts';
import { isSealOverdue } from '../lost/to-seal.ts';
import { printsOfCertificate } from '../print/print-view.ts';
import type { Certificate } from './certificate.ts';
import { certificateIdOf } from './certificate-id.ts';

/** What the caller's unit and role may do with a certificate now. */
const actionsOn = (certificate: Certificate, actor: Actor | null): string[] => {
  const { state, kind, issuer, sealing, school } = certificate;
  if (actor === null || state === 'REVOKED') return [];
  const unit = actor.school ?? actor.unit ?? '';
  const prints = kind !== 'GRADUATION' && (issuer.code === unit || school === unit);
  const signs = state === 'ISSUED' && issuer.code === unit;
  return [
    ...(prints && isGranted(actor, 'certificate.print') ? ['PRINT'] : []),
    ...(signs && isGranted(actor, 'certificate.electronic') ? ['GIVE_ELECTRONIC'] : []),
    ...(state === 'DRAFTED' && sealing?.authority === unit && isGranted(actor, 'certificate.seal')
      ? ['SEAL']
      : []),
    ...(issuer.code === unit && isGranted(actor, 'certificate.revoke') ? ['REVOKE'] : []),
    ...(state === 'ISSUED' && hasCopyFromStub(kind) && isGranted(actor, 'certificate.draft') ? ['COPY'] : []),
    ...(state === 'ISSUED' && kind === 'GRADUATION' && isGranted(actor, 'certificate.draft')
      ? ['GIVE_STATEMENT']
      : []),
  ];
};

const worksOnStatements = (actor: Actor): boolean =>
  isGranted(actor, 'certificate.seal') || isGranted(actor, 'certificate.draft');

/** Resolvers of a certificate. */
export const createCertificateViews = (core: ServiceCore): Pick<Resolvers, 'Certificate'> => ({
  Certificate: {
    id: certificateIdOf,
    student: ({ person }) => ({ id: person }),
    school: ({ school }) => ({ id: school }),
    issuer: ({ issuer }) => ({ kind: issuer.by, code: issuer.code }),
    sealDueOn: ({ sealing }) => sealing?.dueOn ?? null,
    sealOverdue: (certificate) => isSealOverdue(certificate, core.clock.today()),
    ...createElectronicViews(core),
    prints: printsOfCertificate,
    proofs: async ({ person, id, beforeRegister }, _, { actor, read }) => {
      if (actor === null || !worksOnStatements(actor)) return null;
      const proofs = beforeRegister ? await read((tx) => proofsOf(tx, { person, id })) : [];
      return proofs.map((proof) => ({
        ...proof,
        url: proofLink(core, 'certificate', { id: proof.upload, person }, actor)?.url ?? null,
      }));
    },
    allowedActions: (certificate, _, { actor }) => actionsOn(certificate, actor),
  },
});
