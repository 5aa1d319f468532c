import { maskNumber } from '#libs/law/privacy/masking.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { query } from '#libs/platform/database/query.ts';
import { inScope } from '#libs/platform/database/scope.ts';
import { outOfJurisdiction } from '#libs/platform/errors/errors.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import { isGranted } from '#libs/platform/permissions/table.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { Context } from '../context.ts';
import { createRelease } from '../full-values.ts';
import type { Resolvers } from '../generated/types.ts';
import { type ChangeKey, changeIdOf, readChangeId } from '../key-change/change-id.ts';
import { giveNumberAnew } from '../number/give-anew.ts';
import { numberContext } from '../person/claim-key.ts';
import { decideDeletion } from './decide-deletion.ts';
import { deletionScope, listDeletions } from './deletion-list.ts';
import { type DeletionRecord, readDeletions } from './deletion-rows.ts';
import { previewDeletion, requestDeletion } from './request-deletion.ts';

const actionsOn = ({ state }: DeletionRecord, actor: Actor | null): string[] =>
  actor !== null && state === 'REQUESTED' && isGranted(actor, 'number-deletion.decide')
    ? ['APPROVE', 'REFUSE']
    : [];

type Paper = { upload: string; file: string; mediaType: string; size: number; addedAt: Date };

/** Deletions of numbers: the province asks, the ministry decides (ID-11). */
export const createDeletionResolvers = (core: ServiceCore) => {
  const release = createRelease(core.directory);

  const deletionOf = async (key: ChangeKey, { actor, trail }: Context): Promise<DeletionRecord> => {
    const caller = authorize(actor, 'number-deletion.read');
    const scope = await deletionScope(core, caller, key);
    const [record] = await inScope(core.app, scope, (tx) =>
      readDeletions(tx, 'where d.person_id = $1 and d.deletion_id = $2', [key.person, key.id]),
    );
    if (record === undefined) throw outOfJurisdiction();
    trail.read(record.person);
    return record;
  };

  const papersOf = async (record: DeletionRecord, { actor }: Context): Promise<Paper[]> => {
    if (actor === null) return [];
    return inScope(core.app, await deletionScope(core, actor, record), (tx) =>
      query<Paper>(
        tx,
        `select upload_id as upload, file_id as file, media_type as "mediaType", size::int as size,
                added_at as "addedAt"
         from number_deletion_paper where person_id = $1 and deletion_id = $2 order by added_at, upload_id`,
        [record.person, record.id],
      ),
    );
  };

  const Query: Resolvers['Query'] = {
    numberDeletion: (_, { id }, context) => deletionOf(readChangeId(id), context),
    numberDeletions: async (_, { state, ...page }, { actor, trail }) => {
      const caller = authorize(actor, 'number-deletion.read');
      const found = await listDeletions(core, caller, state ?? null, page);
      for (const { node } of found.edges) trail.read(node.person);
      return found;
    },
    previewNumberDeletion: async (_, { input }, { actor }) => ({
      findings: await previewDeletion(core, actor, input),
    }),
  };

  const Mutation: Partial<NonNullable<Resolvers['Mutation']>> = {
    requestNumberDeletion: async (_, { input }, context) => {
      const { deletion, findings } = await requestDeletion(core, context.actor, input);
      return { deletion: deletion && (await deletionOf(deletion, context)), findings };
    },
    decideNumberDeletion: async (_, { input }, context) => {
      const { deletion, findings } = await decideDeletion(core, context.actor, input);
      return { deletion: deletion && (await deletionOf(deletion, context)), findings };
    },
    giveNumberAnew: async (_, { input }, context) => {
      const { student, findings } = await giveNumberAnew(core, context.actor, input);
      return { student: student === null ? null : await context.people.person.load(student), findings };
    },
  };

  const NumberDeletion: Resolvers['NumberDeletion'] = {
    id: (record) => changeIdOf(record),
    student: (record, _, { people }) => people.person.load(record.person),
    number: (record, args, context) =>
      release(
        context,
        record.person,
        args,
        core.sealing.open(Buffer.from(record.sealedNumber), numberContext(record.person)),
        maskNumber,
      ),
    papers: (record, _, context) => papersOf(record, context),
    allowedActions: (record, _, { actor }) => actionsOn(record, actor),
  };

  return { Query, Mutation, NumberDeletion };
};
