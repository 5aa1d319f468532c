import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { extname, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { ImportFailure } from '#deploy/local/import/failure.ts';
import { reach } from '#deploy/local/import/graph.ts';
import type { JobOutcome } from '#deploy/local/import/job.ts';
import type { Registry } from '#deploy/local/import/registry.ts';

/**
 * Saves the workbook of the refused rows; whole or not at all, readable by this user only, since it holds personal
 * data. Returns where, or `undefined` for a job without refused rows.
 */
export async function saveReportOf(
  registry: Registry,
  { id, reportUrl }: JobOutcome,
  out: string | undefined,
): Promise<string | undefined> {
  if (reportUrl === null) return undefined;
  const response = await reach(reportUrl, { headers: { authorization: `Bearer ${registry.token}` } });
  if (!response.ok || response.body === null) {
    throw new ImportFailure(
      `问题行的工作簿没有取到（${response.status}），可用 npm run import -- --job ${id} 再取。`,
      'The workbook of the refused rows could not be fetched.',
    );
  }
  const isCsv = response.headers.get('content-type')?.startsWith('text/csv') === true;
  const file = resolve(out ?? `import-report-${id.slice(-12)}.${isCsv ? 'csv' : 'xlsx'}`);
  const part = `${file}.part${extname(file)}`;
  try {
    await pipeline(response.body, createWriteStream(part, { mode: 0o600 }));
    await rename(part, file);
  } catch (error) {
    await rm(part, { force: true });
    throw new ImportFailure(`问题行的工作簿存不下：${(error as Error).message}`, `Cannot write ${file}.`);
  }
  return file;
}
