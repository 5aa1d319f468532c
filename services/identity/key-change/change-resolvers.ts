import { isUuid } from '#libs/contracts/ids.ts';
import { outOfJurisdiction } from '#libs/platform/errors/errors.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { Context } from '../context.ts';
import type { Resolvers } from '../generated/types.ts';
import { type ChangeKey, readChangeId } from './change-id.ts';
import { listChanges } from './change-list.ts';
import type { ChangeRecord } from './change-rows.ts';
import { decideChange } from './commands/decide-change.ts';
import { handleChange } from './commands/handle-change.ts';
import type { Moved } from './commands/on-change.ts';
import { previewChange, previewSupply, requestChange, supplyDocument } from './commands/request-change.ts';
import { withdrawChange } from './commands/withdraw-change.ts';
import { loadChange } from './load-change.ts';

type Part<Root extends 'Query' | 'Mutation'> = Partial<NonNullable<Resolvers[Root]>>;

/** Queries and mutations of key-information changes: translate arguments, run the command, load what it changed. */
export const createChangeResolvers = (
  core: ServiceCore,
): { Query: Part<'Query'>; Mutation: Part<'Mutation'> } => {
  const changeOf = (key: ChangeKey | null, context: Context): Promise<ChangeRecord | null> =>
    loadChange(core, key, context);

  const moved = async ({ change, findings }: Moved, context: Context) => ({
    change: await changeOf(change, context),
    findings,
  });

  return {
    Query: {
      keyInformationChange: async (_, { id }, context) => {
        authorize(context.actor, 'key-change.read');
        return changeOf(readChangeId(id), context);
      },
      keyInformationChanges: async (_, { filter, ...page }, context) => {
        const actor = authorize(context.actor, 'key-change.read');
        if (filter?.student && !isUuid(filter.student)) throw outOfJurisdiction();
        const found = await listChanges({ core, actor, scope: await context.scope() }, filter ?? {}, page);
        for (const { node } of found.edges) context.trail.read(node.person);
        return found;
      },
      previewKeyInformationChange: async (_, { input }, { actor }) => ({
        findings: await previewChange(core, actor, input),
      }),
      previewIdentityDocument: async (_, { input }, { actor }) => ({
        findings: await previewSupply(core, actor, input),
      }),
    },
    Mutation: {
      requestKeyInformationChange: async (_, { input }, context) =>
        moved(await requestChange(core, context.actor, input), context),
      supplyIdentityDocument: async (_, { input }, context) =>
        moved(await supplyDocument(core, context.actor, input), context),
      handleKeyInformationChange: async (_, { input }, context) =>
        moved(await handleChange(core, context.actor, input), context),
      decideKeyInformationChange: async (_, { input }, context) =>
        moved(await decideChange(core, context.actor, input), context),
      withdrawKeyInformationChange: async (_, { input }, context) =>
        moved(await withdrawChange(core, context.actor, input), context),
    },
  };
};
