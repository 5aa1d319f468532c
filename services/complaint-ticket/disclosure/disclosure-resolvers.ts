import { asWorker } from '#libs/platform/database/scope.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { DisclosureResolvers, MutationResolvers, QueryResolvers } from '../generated/types.ts';
import { decideDisclosure, revokeDisclosure } from './decide-disclosure.ts';
import { listDisclosures } from './disclosure-list.ts';
import { disclosuresWhere } from './disclosure-rows.ts';
import { registerClient } from './register-client.ts';
import { type Done, previewDisclosure, requestDisclosure } from './request-disclosure.ts';

type Mutations = 'requestDisclosure' | 'decideDisclosure' | 'revokeDisclosure' | 'registerClient';

/** Queries and mutations of disclosure. */
export const createDisclosureResolvers = (core: ServiceCore) => {
  const done = async ({ disclosure, findings }: Done) => {
    const [changed] =
      disclosure === null
        ? []
        : await asWorker(core.worker, (tx) => disclosuresWhere(tx, 'disclosure_id = $1', [disclosure]));
    return { disclosure: changed ?? null, findings: [...findings] };
  };
  const Query: Pick<QueryResolvers, 'disclosureGrants' | 'previewDisclosure'> = {
    disclosureGrants: (_, { filter, ...page }, { actor }) =>
      listDisclosures(core, authorize(actor, 'disclosure.read'), filter ?? {}, page),
    previewDisclosure: async (_, { input }, { actor }) => ({
      findings: await previewDisclosure(core, actor, input),
    }),
  };
  const Mutation: Pick<MutationResolvers, Mutations> = {
    requestDisclosure: async (_, { input }, { actor }) => done(await requestDisclosure(core, actor, input)),
    decideDisclosure: async (_, { input }, { actor }) => done(await decideDisclosure(core, actor, input)),
    revokeDisclosure: async (_, { input }, { actor }) => done(await revokeDisclosure(core, actor, input)),
    registerClient: async (_, { input }, { actor }) => ({
      ...(await registerClient(core, actor, input)),
      findings: [],
    }),
  };
  const Disclosure: DisclosureResolvers = {
    basis: ({ basis }) => ({
      kind: basis.kind,
      level: basis.kind === 'GOVERNMENT_APPROVAL' ? basis.level : null,
      provision: basis.kind === 'LAW' ? basis.provision : null,
      document: basis.kind === 'LAW' ? null : basis.document,
    }),
    fields: ({ fields }) => [...fields],
    expired: ({ validUntil }) => validUntil < core.clock.today(),
  };
  return { Query, Mutation, Disclosure };
};
