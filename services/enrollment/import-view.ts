import { badInput } from '#libs/platform/errors/errors.ts';
import type { Files } from '#libs/platform/files/files.ts';
import { reportUrl } from '#libs/platform/files/reports.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { type BatchRowView, type BatchView, rowsOfBatch } from './batch/list.ts';
import type { Context } from './context.ts';
import type { ImportJob, ImportRow } from './entities.ts';
import type { Resolvers } from './generated/types.ts';
import { findJob, listBadRows } from './import-list.ts';

/** Resolvers of import jobs and monthly lists. */
export const createImportViews = (core: ServiceCore, files: Files): Resolvers => ({
  ImportJob: {
    __resolveReference: async ({ id }: { id: string }, context: Context) =>
      context.actor === null ? null : findJob(core, await context.scope(), id),
    id: (job: ImportJob) => job.jobId,
    school: (job: ImportJob) => ({ __typename: 'School', id: job.school }),
    fileProblem: (job: ImportJob) => job.fileProblem ?? null,
    badRows: async (job: ImportJob, { first, after }: { first: number; after: number }, context: Context) => {
      if (first < 1 || first > 1000) {
        throw badInput([{ path: ['first'], code: 'PAGE_SIZE', message: '1 到 1000。 1 to 1000.' }]);
      }
      return listBadRows(core, await context.scope(), job.jobId, after, first);
    },
    reportUrl: (job: ImportJob, _: unknown, { actor }: Context) =>
      actor === null || job.state !== 'DONE' || job.bad === 0
        ? null
        : reportUrl(
            files,
            { id: job.jobId, place: job.place },
            { subject: actor.subject, unit: actor.school ?? actor.unit },
          ),
  },
  ImportRow: { row: (row: ImportRow) => row.rowNo },
  ImportProblem: { path: (problem) => problem.path?.join('.') || null },
  NonGradeOneBatch: {
    id: (batch: BatchView) => batch.batchId,
    rows: async (batch: BatchView, _: unknown, context: Context) =>
      context.actor === null ? [] : rowsOfBatch(core, context.actor, await context.scope(), batch.batchId),
  },
  NonGradeOneRow: {
    id: (row: BatchRowView) => row.rowId,
    school: (row: BatchRowView) => ({ __typename: 'School', id: row.school }),
  },
});
