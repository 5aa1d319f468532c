import type { JobOutcome } from './job.ts';
import { createPace, describeProgress } from './progress-bar.ts';
import { exitCodeOf, summaryOf } from './summary.ts';

const problem = {
  outcome: 'REJECT',
  path: 'form.name',
  code: 'X',
  message: '必填项为空。',
  messageEn: 'Empty.',
};
const outcome: JobOutcome = {
  id: 'job',
  state: 'DONE',
  dryRun: false,
  read: 100,
  total: 100,
  good: 99,
  registered: 99,
  already: 0,
  held: 0,
  warned: 0,
  bad: 1,
  startedAt: '2026-09-01T09:00:00.000+08:00',
  finishedAt: '2026-09-01T09:00:00.500+08:00',
  fileProblem: null,
  notes: [],
  badRows: [{ row: 7, problems: [problem] }],
  warnedRows: [],
  reportUrl: null,
};

describe('the outcome of an import', () => {
  test('tells the counts, the rate and the first problems by row', () => {
    const text = summaryOf(outcome, '/tmp/report.xlsx');
    expect(text).toContain('共 100 行，已建籍 99 人，有问题 1 行');
    expect(text).toContain('每秒 200 行');
    expect(text).toContain('第 7 行：必填项为空。');
    expect(text).toContain('/tmp/report.xlsx');
  });

  test('says how many more rows were refused than are shown', () => {
    expect(summaryOf({ ...outcome, bad: 30 }, undefined)).toContain('还有 29 行有问题');
    expect(summaryOf(outcome, undefined)).not.toContain('还有');
  });

  test('tells new pupils and those registered before apart, and who needs a written reason', () => {
    const text = summaryOf({ ...outcome, registered: 9, already: 90, held: 2 }, undefined);
    expect(text).toContain('已建籍 9 人，此前已建籍、本次不变 90 人，有问题 1 行');
    expect(text).toContain('其中 2 人须主管部门写明理由核准。');
    expect(summaryOf(outcome, undefined)).not.toContain('此前已建籍');
    expect(summaryOf(outcome, undefined)).not.toContain('写明理由');
  });

  test('tells what was not read of the file, and the first rows with warnings', () => {
    const warning = { ...problem, outcome: 'WARN', message: '年龄与年级相差较大。' };
    const note = { ...problem, outcome: 'WARN', message: '有1张隐藏的工作表未读取。' };
    const text = summaryOf(
      { ...outcome, warned: 12, notes: [note], warnedRows: [{ row: 8, warnings: [warning] }] },
      undefined,
    );
    expect(text).toContain('文件提示：有1张隐藏的工作表未读取。');
    expect(text).toContain('有提示 12 行');
    expect(text).toContain('第 8 行：年龄与年级相差较大。');
    expect(text).toContain('还有 11 行有提示');
  });

  test('of a dry run counts whom the import would bring in', () => {
    const dry = { ...outcome, dryRun: true, registered: 0, already: 90 };
    expect(summaryOf(dry, undefined)).toContain('可以建籍 9 人，此前已建籍、本次不变 90 人');
  });

  test('of a dry run says that nobody was registered', () => {
    expect(summaryOf({ ...outcome, dryRun: true, registered: 0 }, undefined)).toContain('未建籍');
  });

  test('of a file that could not be read says why', () => {
    const text = summaryOf({ ...outcome, state: 'FAILED', fileProblem: problem }, undefined);
    expect(text).toContain('导入失败');
    expect(text).toContain('必填项为空。');
  });

  test('has exit code 0 where all went through, 2 where rows were refused, 1 where it failed', () => {
    expect(exitCodeOf({ ...outcome, bad: 0 })).toBe(0);
    expect(exitCodeOf(outcome)).toBe(2);
    expect(exitCodeOf({ ...outcome, state: 'FAILED' })).toBe(1);
  });
});

describe('the progress of an import', () => {
  test('is told with its pace and the time that is left', () => {
    let now = 0;
    const pace = createPace(() => now);
    const progress = { ...outcome, state: 'REGISTERING', read: 0, bad: 0 } as const;
    pace(progress);
    now = 1_000;
    const later = { ...progress, read: 25 };
    expect(describeProgress(later, pace(later))).toBe('建籍 25/100 行，25 行/秒，剩余约 3 秒');
  });

  test('has no count before the file is read through', () => {
    const reading = { ...outcome, state: 'READING', total: null } as const;
    expect(describeProgress(reading, { rate: 0, left: 0 })).toBe('读取文件');
  });
});
