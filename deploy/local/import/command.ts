import { ImportFailure } from '#deploy/local/import/failure.ts';
import { followJob } from '#deploy/local/import/follow.ts';
import { isOver, outcomeOf, progressOf, startJob } from '#deploy/local/import/job.ts';
import type { ImportOptions } from '#deploy/local/import/options.ts';
import { showJob } from '#deploy/local/import/progress-bar.ts';
import { findRegistry, type Registry } from '#deploy/local/import/registry.ts';
import { saveReportOf } from '#deploy/local/import/report.ts';
import { sendFile } from '#deploy/local/import/send-file.ts';
import { exitCodeOf, jsonOf, rowsShown, summaryOf } from '#deploy/local/import/summary.ts';
import { saveTemplate } from '#deploy/local/import/template.ts';
import { localPaths } from '#deploy/local/state.ts';
import { listenForStop, type StopRequest } from '#deploy/local/stop-request.ts';

/** Exit code of a program that was interrupted. */
const interrupted = 130;

const tell = (text: string): boolean => process.stderr.write(`${text}\n`);

/**
 * Imports a workbook through the graph like any client, looks at a job that was begun, or writes an empty form: resolves
 * with the exit code. Throws `ImportFailure`. Everything but the outcome goes to standard error.
 */
export async function runImport(options: ImportOptions, readyFile = localPaths().ready): Promise<number> {
  if (options.kind === 'TEMPLATE') return saveTemplate(options.template);
  const registry = findRegistry(options, readyFile);
  const stop = listenForStop(() => process.exit(interrupted));
  try {
    const job = options.kind === 'FOLLOW' ? options.job : await begin(registry, options, stop);
    if (job === undefined) return interrupted;
    if (!(await seenToEnd(registry, job, stop))) {
      tell(`\n导入在后台继续；再次查看：npm run import -- --job ${job}`);
      tell('The import goes on by itself; the command above shows it again.');
      return interrupted;
    }
    return await report(registry, job, options);
  } finally {
    stop.close();
  }
}

/** Sends the file and starts the job; `undefined` when it was interrupted before there was a job. */
async function begin(
  registry: Registry,
  { file, school: named, dryRun, entryYear }: Extract<ImportOptions, { kind: 'START' }>,
  stop: StopRequest,
): Promise<string | undefined> {
  const school = named ?? registry.school;
  if (school === undefined) {
    throw new ImportFailure('请用 --school 给出学校标识码。 Name the school with --school.');
  }
  tell(`正在上传 ${file} …`);
  const upload = await sendFile(registry, file, school);
  if (stop.isRequested()) {
    tell('\n已中断，没有开始导入。 Interrupted before the import began.');
    return undefined;
  }
  const job = await startJob(registry, { school, upload, dryRun, entryYear });
  tell(`导入任务 ${job}${dryRun ? '（只检查）' : ''}`);
  return job;
}

/** False when the person at the terminal stopped watching before the end. */
async function seenToEnd(registry: Registry, job: string, stop: StopRequest): Promise<boolean> {
  if (isOver(await progressOf(registry, job))) return true;
  const display = showJob(process.stderr);
  try {
    await followJob(registry, job, (progress) => display.show(progress), stop.signal);
    return true;
  } catch (error) {
    if (stop.isRequested()) return false;
    throw error;
  } finally {
    display.close();
  }
}

async function report(registry: Registry, job: string, { out, json }: ImportOptions): Promise<number> {
  const outcome = await outcomeOf(registry, job, rowsShown);
  const file = await saveReportOf(registry, outcome, out);
  const told = json ? JSON.stringify(jsonOf(outcome, file), null, 2) : summaryOf(outcome, file);
  process.stdout.write(`${told}\n`);
  return exitCodeOf(outcome);
}
