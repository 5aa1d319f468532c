import { inScope } from '#libs/platform/database/scope.ts';
import { outOfJurisdiction } from '#libs/platform/errors/errors.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { Context } from '../context.ts';
import type { Resolvers } from '../generated/types.ts';
import { loadChange } from '../key-change/load-change.ts';
import { type OwnKey, readOwnId } from '../person/own-id.ts';
import { confirmInformation } from './commands/confirm-information.ts';
import { fileProvincialField } from './commands/file-provincial-field.ts';
import {
  decideInformationUpdate,
  handleInformationUpdate,
  withdrawInformationUpdate,
} from './commands/review.ts';
import { type Moved, previewInformationUpdate, submitInformationUpdate } from './commands/submit.ts';
import { findingsFor } from './health.ts';
import { provincialFieldsOf } from './provincial-fields.ts';
import { listUpdates } from './update-list.ts';
import { updatesWhere } from './update-reads.ts';
import type { UpdateRecord } from './update-record.ts';

/** Queries and mutations of changes of information: translate arguments, run the command, load what it changed. */
export const createUpdateResolvers = (core: ServiceCore) => {
  const updateOf = async (key: OwnKey, context: Context): Promise<UpdateRecord> => {
    const scope = await context.scope();
    const [record] = await inScope(core.app, scope, (tx) =>
      updatesWhere(tx, core.sealing, 'person_id = $1 and update_id = $2', [key.person, key.id]),
    );
    if (record === undefined) throw outOfJurisdiction();
    context.trail.read(record.person);
    return record;
  };

  const moved = async ({ update, findings }: Moved, context: Context) => ({
    update: update === null ? null : await updateOf(update, context),
    findings: findingsFor(findings, context.actor),
  });

  const Query: Resolvers['Query'] = {
    informationUpdate: (_, { id }, context) => {
      authorize(context.actor, 'student.read');
      return updateOf(readOwnId(id), context);
    },
    informationUpdates: async (_, { filter, ...page }, context) => {
      const actor = authorize(context.actor, 'student.read');
      const listed = await listUpdates({ core, actor, scope: await context.scope() }, filter ?? {}, page);
      for (const { node } of listed.edges) context.trail.read(node.person);
      return listed;
    },
    previewInformationUpdate: async (_, { input }, context) => ({
      findings: findingsFor(await previewInformationUpdate(core, context.actor, input), context.actor),
    }),
    provincialFields: async (_, { province }, context) => {
      authorize(context.actor, 'student.read');
      return inScope(core.app, await context.scope(), (tx) => provincialFieldsOf(tx, province));
    },
  };

  const Mutation: Partial<NonNullable<Resolvers['Mutation']>> = {
    submitInformationUpdate: async (_, { input }, context) => {
      const { keyChange, ...rest } = await submitInformationUpdate(core, context.actor, input);
      return { ...(await moved(rest, context)), keyChange: await loadChange(core, keyChange, context) };
    },
    handleInformationUpdate: async (_, { input }, context) =>
      moved(await handleInformationUpdate(core, context.actor, input), context),
    decideInformationUpdate: async (_, { input }, context) =>
      moved(await decideInformationUpdate(core, context.actor, input), context),
    withdrawInformationUpdate: async (_, { input }, context) =>
      moved(await withdrawInformationUpdate(core, context.actor, input), context),
    confirmInformation: (_, { input }, { actor }) => confirmInformation(core, actor, input),
    fileProvincialField: (_, { input }, { actor }) => fileProvincialField(core, actor, input),
  };

  return { Query, Mutation };
};
