import type { JobOutcome } from '#deploy/local/import/job.ts';

/** Refused rows that are shown in the terminal; the workbook has all. */
export const rowsShown = 10;

/** Exit code: 0 everything went through, 2 rows were refused, 1 the job failed. */
export const exitCodeOf = ({ state, bad }: JobOutcome): 0 | 1 | 2 =>
  state === 'FAILED' ? 1 : bad > 0 ? 2 : 0;

export const secondsOf = ({ startedAt, finishedAt }: JobOutcome): number =>
  finishedAt === null ? 0 : (Date.parse(finishedAt) - Date.parse(startedAt)) / 1000;

/** What came of a job, for the clerk: counts, what the file as a whole has, then the first problems and warnings. */
export function summaryOf(outcome: JobOutcome, report: string | undefined): string {
  if (outcome.state === 'FAILED') return failedText(outcome);
  const { dryRun, total, good, registered, already, held, bad } = outcome;
  const seconds = secondsOf(outcome);
  const rate = seconds > 0 ? `，每秒 ${Math.round((total ?? 0) / seconds)} 行` : '';
  const counts = [
    `共 ${total ?? 0} 行`,
    dryRun ? `可以建籍 ${good - already} 人` : `已建籍 ${registered} 人`,
    ...(already > 0 ? [`此前已建籍、本次不变 ${already} 人`] : []),
    `有问题 ${bad} 行`,
  ];
  return [
    `${dryRun ? '检查完毕（未建籍）' : '导入完毕'}：${counts.join('，')}（用时 ${seconds.toFixed(1)} 秒${rate}）`,
    ...(held > 0 ? [`其中 ${held} 人须主管部门写明理由核准。`] : []),
    ...outcome.notes.map(({ message }) => `文件提示：${message}`),
    ...rowsText(outcome),
    ...(report === undefined ? [] : [`问题行的工作簿已存为 ${report}，改正后可再次导入该文件。`]),
  ].join('\n');
}

const rowsText = ({ bad, warned, ...outcome }: JobOutcome): string[] => {
  const badRows = outcome.badRows.slice(0, rowsShown);
  const warnedRows = outcome.warnedRows.slice(0, rowsShown);
  return [
    ...badRows.flatMap(({ row, problems }) => problems.map(({ message }) => `  第 ${row} 行：${message}`)),
    ...(bad > badRows.length ? [`  …… 还有 ${bad - badRows.length} 行有问题`] : []),
    ...(warned > 0 ? [`有提示 ${warned} 行（不影响通过，请核实）：`] : []),
    ...warnedRows.flatMap(({ row, warnings }) => warnings.map(({ message }) => `  第 ${row} 行：${message}`)),
    ...(warned > warnedRows.length ? [`  …… 还有 ${warned - warnedRows.length} 行有提示`] : []),
  ];
};

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
  already: outcome.already,
  held: outcome.held,
  warned: outcome.warned,
  bad: outcome.bad,
  seconds: secondsOf(outcome),
  fileProblem: outcome.fileProblem,
  notes: outcome.notes,
  badRows: outcome.badRows,
  warnedRows: outcome.warnedRows,
  report: report ?? null,
});
