import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { Signing } from '#libs/platform/signing/signing.ts';
import type { CertificateResolvers, MutationResolvers, QueryResolvers } from '../generated/types.ts';
import { type FormLink, formUrl } from './form-links.ts';
import { formsOf } from './forms.ts';
import { issueForm } from './issue-form.ts';
import { plansOf, setPlan } from './plan.ts';

type Mutations = Pick<MutationResolvers, 'issueElectronicCertificate' | 'setElectronicCertificatePlan'>;

/** Orders about electronic certificates. */
export const createElectronicMutations = (core: ServiceCore, signing: Signing | undefined): Mutations => ({
  issueElectronicCertificate: async (_, { input }, { actor, certificates, trail }) => {
    const { person, certificate, findings } = await issueForm(core, signing, actor, input);
    if (person === null) return { certificate: null, findings };
    trail.read(person);
    const found = await certificates.ofPerson.clear(person).load(person);
    return { certificate: found.find(({ id }) => id === certificate) ?? null, findings };
  },
  setElectronicCertificatePlan: async (_, { input }, { actor }) => ({
    plan: await setPlan(core, actor, input),
    findings: [],
  }),
});

/** What provinces have planned. */
export const createElectronicQueries = (): Pick<QueryResolvers, 'electronicCertificatePlans'> => ({
  electronicCertificatePlans: (_, { province }, { actor, read }) => {
    authorize(actor, 'certificate.read');
    return read((tx) => plansOf(tx, province));
  },
});

/** The electronic form, for whoever sees the certificate: the school, those above it and the guardian. */
export const createElectronicViews = (core: ServiceCore): Pick<CertificateResolvers, 'electronic'> => ({
  electronic: async ({ id, person, state }, _, { actor, read, trail }) => {
    const [form] = await read((tx) => formsOf(tx, [id]));
    if (form === undefined || actor === null) return null;
    trail.read(person);
    const url = (kind: FormLink) => (state === 'REVOKED' ? null : formUrl(core, kind, { person, id }, actor));
    return { issuedAt: form.issuedAt, keyId: form.kid, url: url('form'), pageUrl: url('formPage') };
  },
});
