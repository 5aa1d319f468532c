import { inScope } from '#libs/platform/database/scope.ts';
import { rangeWithin } from '#libs/platform/directory/within.ts';
import { AppError, badInput, outOfJurisdiction } from '#libs/platform/errors/errors.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { listBatches } from './batch/list.ts';
import { previewRegistration } from './commands/preview-registration.ts';
import type { Context } from './context.ts';
import { listEnrollments } from './enrollment-list.ts';
import { SchoolClass } from './entities.ts';
import type { Resolvers } from './generated/types.ts';
import { findJob, listJobs } from './import-list.ts';
import { findClass } from './queries.ts';
import { runningYear } from './running-year.ts';

const onePreview = (): AppError =>
  new AppError('RATE_LIMITED', '一次操作只能预演一份采集表。 One form is previewed in an operation.');

/** Root queries: translate arguments, nothing else. */
export const createQueries = (core: ServiceCore): NonNullable<Resolvers['Query']> => {
  /** Operations that have asked their one question to the nationwide search (PRV-15). */
  const previewed = new WeakSet<Context>();

  const classesOf = async (
    { school, stage, grade }: { school: string; stage?: string | null; grade?: number | null },
    context: Context,
  ) => {
    authorize(context.actor, 'student.read');
    const scope = await context.scope();
    await rangeWithin(core.directory, scope, school);
    const running = await runningYear(core, core.clock.now());
    return inScope(core.app, scope, (tx) =>
      tx.find(
        SchoolClass,
        {
          school,
          ...(stage ? { stage } : {}),
          ...(grade ? { entryYearAdj: running - grade + 1 } : {}),
        },
        { orderBy: { stage: 'asc', entryYearAdj: 'desc', name: 'asc' }, limit: 500 },
      ),
    );
  };

  return {
    enrollments: async (_, { filter, ...page }, context) => {
      const actor = authorize(context.actor, 'student.read');
      const listing = {
        core,
        orm: core.app,
        actor,
        scope: await context.scope(),
      };
      return listEnrollments(listing, filter ?? {}, page);
    },
    schoolClass: async (_: unknown, { id }: { id: string }, context: Context) => {
      authorize(context.actor, 'student.read');
      const found = await findClass(core.app, context.registrations, await context.scope(), id);
      if (found === null) throw outOfJurisdiction();
      return found;
    },
    schoolClasses: (_, args, context) => classesOf(args, context),
    importJob: async (_: unknown, { id }: { id: string }, context: Context) => {
      authorize(context.actor, 'student.read');
      const job = await findJob(core, await context.scope(), id);
      if (job === null) throw outOfJurisdiction();
      return job;
    },
    importJobs: async (
      _: unknown,
      { school, first }: { school: string; first: number },
      context: Context,
    ) => {
      authorize(context.actor, 'student.read');
      if (first < 1 || first > 100) {
        throw badInput([{ path: ['first'], code: 'PAGE_SIZE', message: '1 到 100。 1 to 100.' }]);
      }
      return listJobs(core, await context.scope(), school, first);
    },
    previewRegistration: async (_: unknown, { input }: { input: unknown }, context: Context) => {
      if (previewed.has(context)) throw onePreview();
      previewed.add(context);
      return { findings: await previewRegistration(core, context.actor, input) };
    },
    nonGradeOneBatches: async (
      _: unknown,
      filter: { month?: string | null; status?: string | null },
      context: Context,
    ) => {
      const actor = authorize(context.actor, 'student.read');
      return listBatches(core, actor, await context.scope(), filter);
    },
  };
};
