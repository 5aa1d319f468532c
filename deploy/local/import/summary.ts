import type { JobOutcome } from '#deploy/local/import/job.ts';

/** Refused rows that are shown in the terminal; the workbook has all. */
export const rowsShown = 10;

/** Exit code: 0 everything went through, 2 rows were refused, 1 the job failed. */
export const exitCodeOf = ({ state, bad }: JobOutcome): 0 | 1 | 2 =>
  state === 'FAILED' ? 1 : bad > 0 ? 2 : 0;

export const secondsOf = ({ startedAt, finishedAt }: JobOutcome): number =>
  finishedAt === null ? 0 : (Date.parse(finishedAt) - Date.parse(startedAt)) / 1000;

/** What came of a job, for the clerk: counts, then the first problems. */
export function summaryOf(outcome: JobOutcome, report: string | undefined): string {
  if (outcome.state === 'FAILED') return failedText(outcome);
  const { dryRun, total, good, registered, bad } = outcome;
  const seconds = secondsOf(outcome);
  const rate = seconds > 0 ? `，每秒 ${Math.round((total ?? 0) / seconds)} 行` : '';
  const counts = dryRun ? `可以建籍 ${good} 人` : `已建籍 ${registered} 人`;
  return [
    `${dryRun ? '检查完毕（未建籍）' : '导入完毕'}：共 ${total ?? 0} 行，${counts}，有问题 ${bad} 行（用时 ${seconds.toFixed(1)} 秒${rate}）`,
    ...outcome.badRows
      .slice(0, rowsShown)
      .flatMap(({ row, problems }) => problems.map(({ message }) => `  第 ${row} 行：${message}`)),
    ...(bad > outcome.badRows.length ? [`  …… 还有 ${bad - outcome.badRows.length} 行有问题`] : []),
    ...(report === undefined ? [] : [`问题行的工作簿已存为 ${report}，改正后可再次导入该文件。`]),
  ].join('\n');
}

const failedText = ({ fileProblem }: JobOutcome): string =>
  ['导入失败，没有建籍。 The import failed.', fileProblem?.message ?? '', fileProblem?.messageEn ?? '']
    .filter((line) => line !== '')
    .map((line, at) => (at === 0 ? line : `  ${line}`))
    .join('\n');

/** The same for programs. */
export const jsonOf = (outcome: JobOutcome, report: string | undefined) => ({
  job: outcome.id,
  state: outcome.state,
  dryRun: outcome.dryRun,
  total: outcome.total,
  good: outcome.good,
  registered: outcome.registered,
  bad: outcome.bad,
  seconds: secondsOf(outcome),
  fileProblem: outcome.fileProblem,
  badRows: outcome.badRows,
  report: report ?? null,
});
