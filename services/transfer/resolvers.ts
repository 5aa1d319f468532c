import type { GraphQLResolverMap } from '@apollo/subgraph';
import { isUuid } from '#libs/contracts/ids.ts';
import { inScope } from '#libs/platform/database/scope.ts';
import { outOfJurisdiction } from '#libs/platform/errors/errors.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { createApplicationResolvers } from './applications/application-resolvers.ts';
import { createAttendanceResolvers } from './attending/attendance-resolvers.ts';
import { createAttendanceViews } from './attending/attendance-view.ts';
import { callUpFile } from './call-up/call-up-file.ts';
import { listCases } from './cases/case-list.ts';
import type { CaseRecord } from './cases/case-record.ts';
import { casesById } from './cases/case-rows.ts';
import { createCaseViews } from './cases/case-view.ts';
import { withRemovers } from './cases/removers.ts';
import { decideStep } from './commands/decide-step.ts';
import { handleStep } from './commands/handle-step.ts';
import { initiateTransfer, type Moved } from './commands/initiate-transfer.ts';
import { previewTransfer } from './commands/preview-transfer.ts';
import { withdrawTransfer } from './commands/withdraw-transfer.ts';
import type { Context } from './context.ts';
import { discardTransferDraft } from './drafts/discard-draft.ts';
import { prefileTransfer } from './filing/prefile-transfer.ts';
import type { Resolvers } from './generated/types.ts';
import { handInTransferPapers } from './papers/hand-in-papers.ts';

/** Queries and mutations of transfers: translate arguments, run the command, load what it changed. */
export const createResolvers = (core: ServiceCore, wake: () => void): GraphQLResolverMap<Context> => {
  const caseOf = async (id: string, context: Context): Promise<CaseRecord> => {
    const scope = await context.scope();
    const [record] = isUuid(id) ? await inScope(core.app, scope, (tx) => casesById(tx, [id])) : [];
    if (record === undefined) throw outOfJurisdiction();
    context.trail.read(record.person);
    return record;
  };

  const moved = async ({ transfer, findings, record }: Moved, context: Context) => {
    if (record !== undefined) context.trail.read(record.person);
    const unread = record === undefined && transfer !== null;
    return {
      transfer: unread ? await caseOf(transfer, context) : (record ?? null),
      findings: [...findings],
    };
  };

  const attendances = createAttendanceResolvers(core);
  const { Query, Mutation, ...applicationViews } = createApplicationResolvers(core);

  const typed: Resolvers = {
    Query: {
      ...attendances.Query,
      ...Query,
      transferCase: async (_, { id }, context) => {
        authorize(context.actor, 'transfer.read');
        return caseOf(id, context);
      },
      transferCases: async (_, { filter, ...page }, context) => {
        const actor = authorize(context.actor, 'transfer.read');
        const found = await listCases({ core, actor, scope: await context.scope() }, filter ?? {}, page);
        for (const { node } of found.edges) context.trail.read(node.person);
        return found;
      },
      previewTransfer: async (_, { input }, { actor, trail }) => {
        const { findings, parties, ...clocks } = await previewTransfer(core, actor, input, trail);
        const against = findings.filter(({ outcome }) => outcome === 'REJECT' || outcome === 'HOLD');
        const blockers = await withRemovers(core, parties, against);
        return { ...clocks, parties: [...parties], findings: [...findings], blockers };
      },
    },
    Mutation: {
      ...attendances.Mutation,
      ...Mutation,
      initiateTransfer: async (_, { input }, context) =>
        moved(await initiateTransfer(core, context.actor, input, context.trail), context),
      handInTransferPapers: async (_, { input }, context) =>
        moved(await handInTransferPapers(core, context.actor, input), context),
      prefileTransfer: async (_, { input }, context) =>
        moved(await prefileTransfer(core, context.actor, input), context),
      discardTransferDraft: async (_, { input }, context) =>
        moved(await discardTransferDraft(core, context.actor, input), context),
      handleTransferStep: async (_, { input }, context) =>
        moved(await handleStep(core, context.actor, input), context),
      decideTransferStep: async (_, { input }, context) =>
        moved(await decideStep(core, context.actor, input, wake), context),
      callUpFile: async (_, { input }, context) =>
        moved(await callUpFile(core, context.actor, input, wake), context),
      withdrawTransfer: async (_, { input }, context) =>
        moved(await withdrawTransfer(core, context.actor, input), context),
    },
    ...applicationViews,
    ...createCaseViews(core),
    ...createAttendanceViews(core),
    SystemFault: { from: ({ beganAt }) => beganAt, until: ({ endedAt }) => endedAt },
  };
  return typed as unknown as GraphQLResolverMap<Context>;
};
