import type { GraphQLResolverMap } from '@apollo/subgraph';
import { isUuid } from '#libs/contracts/ids.ts';
import { inScope } from '#libs/platform/database/scope.ts';
import { outOfJurisdiction } from '#libs/platform/errors/errors.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { createArchiveViews } from './archives/archive-view.ts';
import { listHandOvers } from './archives/hand-over-list.ts';
import { closureOf } from './closure/closure-rows.ts';
import { createClosureViews, listClosures } from './closure/closure-view.ts';
import { designateCustodian } from './closure/designate-custodian.ts';
import { addArchiveMaterial } from './commands/add-material.ts';
import { callForArchive } from './commands/call-for-archive.ts';
import { acceptArchive, handOverArchive } from './commands/hand-over.ts';
import { type Done, unitOf } from './commands/on-archive.ts';
import { recordAward } from './commands/record-award.ts';
import { recordDiscipline, revokeDiscipline } from './commands/record-discipline.ts';
import { refreshArchive } from './commands/refresh-archive.ts';
import { sendBackArchive } from './commands/send-back.ts';
import type { Context } from './context.ts';
import type { Resolvers } from './generated/types.ts';
import { lapseViews, listLapses } from './lapses/lapse-list.ts';
import { printArchive } from './paper/print-archive.ts';
import { createLifeViews } from './timeline/life-view.ts';

/** Queries and mutations of archives: translate arguments, run the command, load what it changed. */
export const createResolvers = (core: ServiceCore): GraphQLResolverMap<Context> => {
  const done = async ({ student, findings }: Done, { archives, trail }: Context) => {
    if (student !== null) trail.read(student);
    const archive = student === null ? null : await archives.ofPerson.clear(student).load(student);
    return { archive, findings: [...findings] };
  };

  const lives = createLifeViews(core);
  const typed: Resolvers = {
    Query: {
      studentArchive: async (_, { student }, { actor, archives, trail }) => {
        authorize(actor, 'archive.read');
        const found = isUuid(student) ? await archives.ofPerson.load(student) : null;
        if (found === null) throw outOfJurisdiction();
        trail.read(student);
        return found;
      },
      archiveCopies: async (_, { student }, { actor, archives, trail }) => {
        authorize(actor, 'archive.read');
        const found = isUuid(student) ? await archives.copies.load(student) : [];
        if (found.length === 0) throw outOfJurisdiction();
        trail.read(student);
        return found;
      },
      archiveHandOvers: async (_, { filter, ...page }, context) => {
        const actor = authorize(context.actor, 'archive.read');
        const found = await listHandOvers(core, await context.scope(), unitOf(actor), filter ?? {}, page);
        for (const { node } of found.edges) context.trail.read(node.person);
        return found;
      },
      archiveLapses: async (_, page, context) => {
        authorize(context.actor, 'archive.read');
        const found = await listLapses(core, await context.scope(), page);
        for (const { node } of found.edges) context.trail.read(node.person);
        return found;
      },
      archiveClosures: async (_, __, { actor, scope }) => {
        authorize(actor, 'archive.read');
        return listClosures(core, await scope());
      },
    },
    Mutation: {
      designateCustodian: async (_, { input }, context) => {
        const { school, findings } = await designateCustodian(core, context.actor, input);
        const scope = await context.scope();
        const closure = school && (await inScope(core.app, scope, (tx) => closureOf(tx, school)));
        return { closure: closure || null, findings: [...findings] };
      },
      recordAward: async (_, { input }, context) =>
        done(await recordAward(core, context.actor, input), context),
      recordDiscipline: async (_, { input }, context) =>
        done(await recordDiscipline(core, context.actor, input), context),
      revokeDiscipline: async (_, { input }, context) =>
        done(await revokeDiscipline(core, context.actor, input), context),
      addArchiveMaterial: async (_, { input }, context) =>
        done(await addArchiveMaterial(core, context.actor, input), context),
      refreshArchive: async (_, { input }, context) =>
        done(await refreshArchive(core, context.actor, input), context),
      printArchive: async (_, { input }, context) =>
        done(await printArchive(core, context.actor, input), context),
      handOverArchive: async (_, { input }, context) =>
        done(await handOverArchive(core, context.actor, input), context),
      acceptArchive: async (_, { input }, context) =>
        done(await acceptArchive(core, context.actor, input), context),
      callForArchive: async (_, { input }, context) =>
        done(await callForArchive(core, context.actor, input), context),
      sendBackArchive: async (_, { input }, context) =>
        done(await sendBackArchive(core, context.actor, input), context),
    },
    Student: {
      archive: async ({ id }, _, { archives, trail }) => {
        const found = await archives.ofPerson.load(id);
        if (found !== null) trail.read(id);
        return found;
      },
      ...lives.Student,
    },
    TimelineLine: lives.TimelineLine,
    StudentRecord: lives.StudentRecord,
    ...createArchiveViews(core),
    ...createClosureViews(core),
    ...lapseViews,
  };
  return typed as unknown as GraphQLResolverMap<Context>;
};
