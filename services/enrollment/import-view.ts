import { enforces } from '#libs/law/enforces.ts';
import { gradeOn, lawPromotions } from '#libs/law/enrollment/grade.ts';
import { maskName } from '#libs/law/privacy/masking.ts';
import { badInput } from '#libs/platform/errors/errors.ts';
import type { Files } from '#libs/platform/files/files.ts';
import { reportUrl } from '#libs/platform/files/reports.ts';
import { isGranted } from '#libs/platform/permissions/table.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { rowNameContext } from './batch/add-row.ts';
import { type BatchRowView, type BatchView, rowsOfBatch } from './batch/list.ts';
import type { Context } from './context.ts';
import type { ImportJob } from './entities.ts';
import type { Resolvers } from './generated/types.ts';
import { findJob, type ImportRowView, listRows, type RowPage } from './import-list.ts';
import { findEnrollment } from './queries.ts';
import { foundElsewhere } from './registration/found-elsewhere.ts';
import { worksOn } from './works-on.ts';

const largestPage = 200;

const checked = (page: RowPage): RowPage => {
  if (page.first >= 1 && page.first <= largestPage) return page;
  const message = `1 到 ${largestPage}。 1 to ${largestPage}.`;
  throw badInput([{ path: ['first'], code: 'PAGE_SIZE', message }]);
};

/** Resolvers of import jobs and monthly lists. */
export const createImportViews = (core: ServiceCore, files: Files): Resolvers => ({
  ImportJob: {
    __resolveReference: async ({ id }: { id: string }, context: Context) =>
      context.actor === null ? null : findJob(core, await context.scope(), id),
    id: (job: ImportJob) => job.jobId,
    school: (job: ImportJob) => ({ __typename: 'School', id: job.school }),
    fileProblem: (job: ImportJob) => job.fileProblem ?? null,
    badRows: async (job: ImportJob, page: RowPage, context: Context) =>
      listRows(core, await context.scope(), job.jobId, 'REFUSED', checked(page)),
    warnedRows: async (job: ImportJob, page: RowPage, context: Context) =>
      listRows(core, await context.scope(), job.jobId, 'WARNED', checked(page)),
    notes: (job: ImportJob) => job.notes.map((note) => ({ ...note, outcome: 'WARN' as const })),
    reportUrl: async (job: ImportJob, _: unknown, { actor }: Context) => {
      if (actor === null || job.state !== 'DONE' || job.bad === 0) return null;
      enforces('PRV-14');
      const isTheirs = worksOn(actor, await core.directory.school(job.school));
      if (!isTheirs || !isGranted(actor, 'import.report')) return null;
      return reportUrl(
        files,
        { id: job.jobId, place: job.place },
        { subject: actor.subject, unit: actor.school ?? actor.unit },
      );
    },
  },
  ImportRow: {
    row: ({ rowNo }: ImportRowView) => rowNo,
    // Of use to the school alone, and nobody else's to know (PRV-15).
    found: ({ school, intake, problems }: ImportRowView, _: unknown, { actor }: Context) =>
      actor?.school === school ? foundElsewhere(intake, problems) : null,
  },
  ImportProblem: {
    path: (problem) => problem.path?.join('.') || null,
    outcome: (problem) => problem.outcome ?? 'REJECT',
  },
  NonGradeOneBatch: {
    id: (batch: BatchView) => batch.batchId,
    rows: async (batch: BatchView, _: unknown, context: Context) =>
      context.actor === null ? [] : rowsOfBatch(core, context.actor, await context.scope(), batch.batchId),
  },
  NonGradeOneRow: {
    id: (row: BatchRowView) => row.rowId,
    school: (row: BatchRowView) => ({ __typename: 'School', id: row.school }),
    /** On the trail the row stands for the child until there is a person (PRV-13). */
    name: (row: BatchRowView, _: unknown, { actor, trail }: Context) => {
      if (row.sealedName === null) return null;
      const name = core.sealing.open(row.sealedName, rowNameContext(row.rowId));
      trail.read(row.person ?? row.rowId);
      return actor?.school === row.school ? name : maskName(name);
    },
    found: ({ intake, findings }: BatchRowView) => foundElsewhere(intake, findings),
    grade: async (row: BatchRowView) =>
      gradeOn(row, new Date(core.clock.now()), lawPromotions(await core.directory.promotions())),
    enrollment: ({ person, enrollment }: BatchRowView, _: unknown, { registrations }: Context) =>
      person === null || enrollment === null ? null : findEnrollment(registrations, { person, enrollment }),
  },
});
