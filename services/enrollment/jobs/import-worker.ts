import type { SchoolFact } from '#libs/contracts/events/organization.ts';
import { lawPlaceOfSchool } from '#libs/law/layers.ts';
import { AppError } from '#libs/platform/errors/errors.ts';
import { FileDamaged } from '#libs/platform/files/chunk-cipher.ts';
import type { Files } from '#libs/platform/files/files.ts';
import { csv, xlsx } from '#libs/platform/files/media-types.ts';
import { saveReport } from '#libs/platform/files/reports.ts';
import { discardUpload, openUploadAnywhere } from '#libs/platform/files/uploads.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { type Loop, until } from '#libs/platform/service/loop.ts';
import { requireColumns } from '../import/form-f1/header-search.ts';
import { FileProblem } from '../import/problems/file-problem.ts';
import { openTable } from '../import/reading/open-table.ts';
import type { OpenTable, RawRow } from '../import/reading/table.ts';
import { writeReport } from '../import/report/write-report.ts';
import { type FileFacts, surveyTable } from '../import/survey.ts';
import { neededColumns } from '../registration/needed-columns.ts';
import { regionsOf } from '../registration/regions.ts';
import {
  finishJob,
  type HeldJob,
  holdJob,
  keepBatch,
  keepTotal,
  renewLease,
  toldOfRefused,
} from './job-store.ts';
import { type JobContext, judgeJobRow } from './judge-rows.ts';
import { registerRows } from './register-rows.ts';
import { nothingSeen } from './registering-job.ts';
import type { RowVerdict } from './row-verdict.ts';

const batchSize = 100;
/** Batches under way at once: while one waits for the database, the next is read and judged. */
const window = 2;

const schoolOf = async (core: ServiceCore, job: HeldJob): Promise<SchoolFact> => {
  const school = await core.directory.school(job.school);
  if (school === undefined) throw new FileProblem('SCHOOL_GONE', '学校已不存在。', 'The school is gone.');
  return school;
};

const contextOf = async (
  core: ServiceCore,
  job: HeldJob,
  school: SchoolFact,
  file: FileFacts,
): Promise<JobContext> => {
  return {
    school,
    file,
    entryYear: job.entry_year,
    statement: job.statement,
    now: core.clock.now(),
    today: core.clock.today(),
    promotions: await core.directory.promotions(),
    regions: await regionsOf(core),
  };
};

/** The rows that are still to be done, in batches. */
async function* batchesOf(table: OpenTable, after: number): AsyncGenerator<RawRow[]> {
  let batch: RawRow[] = [];
  for await (const row of table.rows()) {
    if (row.number <= after) continue;
    batch.push(row);
    if (batch.length < batchSize) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/**
 * Judges and registers everything, a few batches at once; what was done is kept in the order of the file. A dry run goes
 * row by row from the beginning, also when it is continued: what becomes of a row depends on those before it.
 */
const workThrough = async (
  core: ServiceCore,
  job: HeldJob,
  table: OpenTable,
  context: JobContext,
  stop: AbortSignal,
): Promise<void> => {
  const place = Number(job.place);
  const registering = {
    id: job.job_id,
    by: job.started_by,
    entryYear: job.entry_year,
    scope: { lo: place, hi: place, persons: [] },
    seen: job.dry_run ? nothingSeen() : null,
  };
  const underWay: Promise<RowVerdict[]>[] = [];
  const keepOldest = async () => {
    const verdicts = await underWay.shift();
    if (verdicts !== undefined) await keepBatch(core, job, verdicts);
  };
  try {
    for await (const batch of batchesOf(table, job.dry_run ? 0 : job.reached)) {
      stop.throwIfAborted();
      const judged = batch.map((row) => judgeJobRow(row, context));
      const registered = registerRows(core, registering, judged);
      registered.catch(() => undefined);
      underWay.push(registered);
      if (underWay.length >= (job.dry_run ? 1 : window)) await keepOldest();
    }
    while (underWay.length > 0) await keepOldest();
  } finally {
    await Promise.allSettled(underWay);
  }
};

const runJob = async (core: ServiceCore, files: Files, job: HeldJob, stop: AbortSignal): Promise<void> => {
  const table = await openTable(await openUploadAnywhere(files, job.upload_id));
  try {
    const school = await schoolOf(core, job);
    requireColumns(table.header, neededColumns(core.clock.today(), lawPlaceOfSchool(school)));
    const file = await surveyTable(table);
    await keepTotal(core, job, file.rowCount, table.notes);
    await workThrough(core, job, table, await contextOf(core, job, school, file), stop);
    const told = await toldOfRefused(core, job.job_id);
    if (told.size > 0) {
      const mediaType = table.format.kind === 'csv' ? csv : xlsx;
      await saveReport(
        files,
        { id: job.job_id, place: Number(job.place), mediaType, isPersonal: true },
        (sink) => writeReport(table, file, (row) => told.get(row), sink),
      );
    }
    await finishJob(core, job, null);
  } finally {
    await table.close();
  }
};

/** Faults that trying again cannot mend: the workbook itself, or its bytes in the storage. */
const faultOf = (error: unknown) => {
  if (error instanceof FileProblem) return error.toJSON();
  const isGone = error instanceof AppError && error.code === 'NOT_FOUND';
  if (!isGone && !(error instanceof FileDamaged)) return undefined;
  return {
    code: 'STORED_FILE_LOST',
    message: '上传的文件已不可读，请重新上传后再导入。',
    messageEn: 'The uploaded file can no longer be read; upload it again.',
  };
};

/**
 * Works off import jobs, one at a time. A job that a crash or a stop interrupted is continued from the last batch
 * that was kept; what had been registered beyond it is found again by its content.
 */
export const startImportWorker = (core: ServiceCore, files: Files): Loop => {
  const stopping = new AbortController();
  const loop = until({
    name: 'import',
    log: core.log,
    idle: 300,
    step: async () => {
      const job = stopping.signal.aborted ? undefined : await holdJob(core);
      if (job === undefined) return false;
      const letGo = renewLease(core, job);
      try {
        await runJob(core, files, job, stopping.signal);
      } catch (error) {
        if (stopping.signal.aborted) return false;
        const fault = faultOf(error);
        if (fault === undefined) throw error;
        await finishJob(core, job, fault);
      } finally {
        await letGo();
      }
      if (!job.dry_run) await discardUpload(files, job.upload_id);
      return true;
    },
  });
  return {
    wake: loop.wake,
    idle: loop.idle,
    stop: () => {
      stopping.abort();
      return loop.stop();
    },
  };
};
