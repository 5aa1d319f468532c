import type { GraphQLResolverMap } from '@apollo/subgraph';
import { isUuid } from '#libs/contracts/ids.ts';
import { outOfJurisdiction } from '#libs/platform/errors/errors.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { Signing } from '#libs/platform/signing/signing.ts';
import { parseCertificateId } from './certificates/certificate-id.ts';
import { createCertificateViews } from './certificates/certificate-view.ts';
import type { Context } from './context.ts';
import { createElectronicMutations, createElectronicQueries } from './electronic/electronic-resolvers.ts';
import type { Resolvers } from './generated/types.ts';
import { listOrders } from './issue/order-list.ts';
import { listToSeal } from './lost/to-seal.ts';
import { createMutations } from './mutation-resolvers.ts';
import { listBatches } from './outcomes/batch-list.ts';
import { previewOutcomes } from './outcomes/upload-outcomes.ts';
import { createCheckQueries } from './verify/check-queries.ts';
import { createWorkViews } from './work-view.ts';

/** Queries and views of certificates: translate arguments, look up what was asked for. */
export const createResolvers = (
  core: ServiceCore,
  signing: Signing | undefined,
): GraphQLResolverMap<Context> => {
  const typed: Resolvers = {
    Query: {
      ...createCheckQueries(core),
      ...createElectronicQueries(),
      certificate: async (_, { id }, { actor, certificates, trail }) => {
        authorize(actor, 'certificate.read');
        const key = parseCertificateId(id);
        const held = key === undefined ? [] : await certificates.ofPerson.load(key.person);
        const found = held.find((certificate) => certificate.id === key?.id);
        if (found === undefined) throw outOfJurisdiction();
        trail.read(found.person);
        return found;
      },
      previewOutcomes: async (_, { input }, { actor }) => {
        const { proceed, held, findings } = await previewOutcomes(core, actor, input);
        return { batch: null, proceed: proceed.map((id) => ({ id })), held, findings };
      },
      outcomeBatch: async (_, { id }, { actor, work }) => {
        authorize(actor, 'outcome.read');
        const found = isUuid(id) ? await work.batch(id) : undefined;
        if (found === undefined) throw outOfJurisdiction();
        return found;
      },
      outcomeBatches: async (_, { filter, ...page }, context) => {
        const actor = authorize(context.actor, 'outcome.read');
        return listBatches(core, await context.scope(), actor.school ?? actor.unit ?? '', filter ?? {}, page);
      },
      issueOrder: async (_, { id }, { actor, work }) => {
        authorize(actor, 'outcome.read');
        const found = isUuid(id) ? await work.order(id) : undefined;
        if (found === undefined) throw outOfJurisdiction();
        return found;
      },
      issueOrders: async (_, { filter, ...page }, context) => {
        const actor = authorize(context.actor, 'outcome.read');
        return listOrders(core, await context.scope(), actor.school ?? actor.unit ?? '', filter ?? {}, page);
      },
      statementsToSeal: async (_, page, context) => {
        const { unit = '' } = authorize(context.actor, 'certificate.seal');
        const found = await listToSeal(core, await context.scope(), unit, page);
        for (const { node } of found.edges) context.trail.read(node.person);
        return found;
      },
    },
    Mutation: { ...createMutations(core), ...createElectronicMutations(core, signing) },
    Student: {
      certificates: async ({ id }, _, { certificates, trail }) => {
        const found = await certificates.ofPerson.load(id);
        if (found.length > 0) trail.read(id);
        return found;
      },
    },
    ...createCertificateViews(core),
    ...createWorkViews(core),
  };
  return typed as unknown as GraphQLResolverMap<Context>;
};
