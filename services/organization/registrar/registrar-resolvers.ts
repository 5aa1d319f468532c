import { isUuid } from '#libs/contracts/ids.ts';
import { inScope } from '#libs/platform/database/scope.ts';
import { outOfJurisdiction, unauthenticated } from '#libs/platform/errors/errors.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import { isGranted } from '#libs/platform/permissions/table.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { Context } from '../context.ts';
import type { Resolvers } from '../generated/types.ts';
import { accountActivity } from './account-activity.ts';
import type { RegistrarOutcome } from './change-registrar.ts';
import { activateAccount } from './commands/activate-account.ts';
import { fileRegistrar } from './commands/file-registrar.ts';
import { nominateRegistrar } from './commands/nominate-registrar.ts';
import { recordPasswordChange } from './commands/record-password-change.ts';
import { recordTraining } from './commands/record-training.ts';
import { replaceRegistrar } from './commands/replace-registrar.ts';
import { restoreAccount } from './commands/restore-account.ts';
import { suspendAccount } from './commands/suspend-account.ts';
import { unsealAccount } from './commands/unseal-account.ts';
import { deskOf } from './desk.ts';
import { postOf } from './post.ts';
import { findRegistrar, listRegistrars } from './registrar-list.ts';
import { createRegistrarViews } from './registrar-view.ts';

type Command = (core: ServiceCore, actor: Context['actor'], input: unknown) => Promise<RegistrarOutcome>;

/** GraphQL to commands and queries about registrars, and back. */
export const createRegistrarResolvers = (core: ServiceCore) => {
  const read = async ({ actor }: Context, id: string) => {
    const desk = await deskOf(core, authorize(actor, 'registrar.read'));
    if (!isUuid(id)) throw outOfJurisdiction();
    return findRegistrar(core, desk, id);
  };

  const mutation =
    (command: Command) =>
    async (_: unknown, { input }: { input: unknown }, context: Context) => {
      const { registrar, findings } = await command(core, context.actor, input);
      return { registrar: registrar === null ? null : await read(context, registrar), findings };
    };

  const views = createRegistrarViews(core);
  return {
    Query: {
      registrar: (_, { id }, context) => read(context, id),
      registrars: async (_, { filter, ...page }, { actor }) => {
        const desk = await deskOf(core, authorize(actor, 'registrar.read'));
        return listRegistrars(core, desk, filter ?? {}, page);
      },
      accountActivity: async (_, { month, place }, { actor }) => {
        const desk = await deskOf(core, authorize(actor, 'statistics.read'));
        const post = await inScope(core.app, desk.scope, (tx) => postOf(tx, place));
        if (post === undefined) throw outOfJurisdiction();
        return accountActivity(core, desk, post, month);
      },
    },
    Mutation: {
      nominateRegistrar: mutation(nominateRegistrar),
      recordTraining: mutation(recordTraining),
      fileRegistrar: mutation(fileRegistrar),
      activateAccount: mutation(activateAccount),
      replaceRegistrar: mutation(replaceRegistrar),
      suspendAccount: mutation(suspendAccount),
      restoreAccount: mutation(restoreAccount),
      unsealAccount: mutation(unsealAccount),
      recordPasswordChange: async (_, { input }, { actor }) => ({
        ...(await recordPasswordChange(core, actor, input)),
        findings: [],
      }),
    },
    OrgUnit: views.OrgUnit,
    School: views.School,
    Registrar: {
      ...views.Registrar,
      __resolveReference: async ({ id }, context) => {
        if (context.actor === null) throw unauthenticated();
        if (!isGranted(context.actor, 'registrar.read')) return null;
        return read(context, id).catch(() => null);
      },
    },
  } satisfies Resolvers;
};
