import { isUuid } from '#libs/contracts/ids.ts';
import { inScope } from '#libs/platform/database/scope.ts';
import { outOfJurisdiction } from '#libs/platform/errors/errors.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { Context } from '../context.ts';
import type { Resolvers } from '../generated/types.ts';
import { listApplications } from './application-list.ts';
import type { ApplicationRecord } from './application-record.ts';
import { applicationsWhere } from './application-rows.ts';
import { createApplicationViews } from './application-view.ts';
import { type Answered, applyForTransfer } from './apply-for-transfer.ts';
import { arrangeSchool } from './arrange-school.ts';
import { askForPapers } from './ask-for-papers.ts';
import { declineApplication } from './decline-application.ts';
import { previewApplication } from './preview-application.ts';
import { proposeSchool } from './propose-school.ts';
import { requestArrangement } from './request-arrangement.ts';
import { withdrawApplication } from './withdraw-application.ts';

type ApplicationResolvers = {
  Query: Partial<NonNullable<Resolvers['Query']>>;
  Mutation: Partial<NonNullable<Resolvers['Mutation']>>;
  TransferApplication?: Resolvers['TransferApplication'];
};

/** What families ask for before there is a case, as the graph offers it. */
export const createApplicationResolvers = (core: ServiceCore): ApplicationResolvers => {
  const applicationOf = async (id: string, context: Context): Promise<ApplicationRecord> => {
    const scope = await context.scope();
    const [record] = isUuid(id)
      ? await inScope(core.app, scope, (tx) => applicationsWhere(tx, 'application_id = $1', [id]))
      : [];
    if (record === undefined) throw outOfJurisdiction();
    context.trail.read(record.person);
    return record;
  };

  const answered = async ({ application, findings }: Answered, context: Context) => ({
    application: application === null ? null : await applicationOf(application, context),
    findings: [...findings],
  });

  return {
    Query: {
      transferApplication: async (_, { id }, context) => {
        authorize(context.actor, 'transfer.read');
        return applicationOf(id, context);
      },
      transferApplications: async (_, { filter, ...page }, context) => {
        const actor = authorize(context.actor, 'transfer.read');
        const scope = await context.scope();
        const found = await listApplications({ core, actor, scope }, filter ?? {}, page);
        for (const { node } of found.edges) context.trail.read(node.person);
        return found;
      },
      previewTransferApplication: async (_, { input }, { actor }) => {
        const { findings, checks, kind, ...rest } = await previewApplication(core, actor, input);
        const against = findings.filter(({ outcome }) => outcome === 'REJECT' || outcome === 'HOLD');
        return { ...rest, kind, checks: [...checks], findings: [...findings], blockers: against };
      },
    },
    Mutation: {
      applyForTransfer: async (_, { input }, context) =>
        answered(await applyForTransfer(core, context.actor, input), context),
      withdrawTransferApplication: async (_, { input }, context) =>
        answered(await withdrawApplication(core, context.actor, input), context),
      declineTransferApplication: async (_, { input }, context) =>
        answered(await declineApplication(core, context.actor, input), context),
      askForTransferPapers: async (_, { input }, context) =>
        answered(await askForPapers(core, context.actor, input), context),
      requestCountyArrangement: async (_, { input }, context) =>
        answered(await requestArrangement(core, context.actor, input), context),
      proposeSchool: async (_, { input }, context) =>
        answered(await proposeSchool(core, context.actor, input), context),
      arrangeSchool: async (_, { input }, context) =>
        answered(await arrangeSchool(core, context.actor, input), context),
    },
    ...createApplicationViews(core),
  };
};
