import { FORM_HEADER, goodRows, inFormOrder } from '#services/enrollment/import/fixtures/form-files.ts';
import { type FixtureSheet, workbookOf } from '#services/enrollment/import/fixtures/workbook-bytes.ts';
import { importWorkbook, type JobView, type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { beiguanPrimary, type Counter, counterOf, taiyuanPrimary } from './counter.ts';
import { girl } from './pupils.ts';

/** What an import says it did, and what a dry run says it would do. */
describe('the outcome of an import', () => {
  let registry: Registry;
  let counter: Counter;
  let made = 0;

  beforeAll(async () => {
    registry = await startRegistry();
    counter = counterOf(registry);
  });
  afterAll(() => registry?.stop());

  const at = (header: string): number => FORM_HEADER.indexOf(header);
  const fresh = goodRows(60, 2026).map(inFormOrder);
  const next = (count: number): string[][] => fresh.splice(0, count);
  const without = (row: string[]): string[] => row.with(at('身份证件类型'), '无').with(at('身份证件号'), '');
  const inClass = (row: string[], name: string): string[] => row.with(at('班级'), name);

  const run = async (
    rows: readonly (readonly string[])[],
    more: { dryRun?: boolean; school?: string; header?: readonly string[]; sheets?: FixtureSheet[] } = {},
  ): Promise<JobView> => {
    const { header = FORM_HEADER, sheets = [], school = taiyuanPrimary, dryRun = false } = more;
    made += 1;
    const bytes = await workbookOf({ sheets: [{ name: '表', rows: [header, ...rows] }, ...sheets] });
    const order = { who: school, school, bytes, key: `verdicts ${made}`, dryRun };
    return importWorkbook({ ...registry, ask: counter.ask }, order);
  };

  const countsOf = ({ good, registered, already, held, warned, bad }: JobView) => ({
    good,
    registered,
    already,
    held,
    warned,
    bad,
  });

  test('counts new pupils, those registered before and refused rows apart', async () => {
    const three = next(3);
    expect(countsOf(await run(three))).toMatchObject({ good: 3, registered: 3, already: 0, bad: 0 });
    const again = await run([...three, ...next(1), ...next(1).map((row) => row.with(at('性别'), ''))]);
    expect(countsOf(again)).toMatchObject({ good: 4, registered: 1, already: 3, bad: 1 });
    await registry.settled();
    const [told] = await counter.rows<{ data: Record<string, number> }>(
      'enrollment',
      `select event->'data' as data from event_log where type = 'ImportFinished' order by seq desc limit 1`,
    );
    expect(told?.data).toMatchObject({ registered: 1, already: 3, refused: 1 });
  });

  test('of two rows that say the same counts one child', async () => {
    const rows = next(1).map(without);
    expect(countsOf(await run([...rows, ...rows]))).toMatchObject({ good: 2, registered: 1, already: 1 });
  });

  test('is what the dry run said it would be, row by row', async () => {
    const [taken = [], first = [], second = [], third = [], young = []] = next(5).map(without);
    await run([taken]);
    const rows = [
      taken,
      first,
      second,
      first,
      inClass(second, '9班'),
      third.with(at('姓名'), '王?'),
      young.with(at('出生日期'), '2020-09-01'),
      inClass(taken, '9班'),
    ];
    const dry = await run(rows, { dryRun: true });
    const real = await run(rows);
    expect(countsOf(dry)).toEqual({ ...countsOf(real), registered: 0 });
    expect(countsOf(real)).toMatchObject({ registered: 3, already: 2, bad: 3, held: 1 });
    expect(dry.badRows).toEqual(real.badRows);
    expect(dry.warnedRows).toEqual(real.warnedRows);
    expect(real.badRows.map(({ row }) => row)).toEqual([6, 7, 9]);
    expect(countsOf(await run(rows, { dryRun: true }))).toMatchObject({ already: 5, bad: 3, held: 0 });
  });

  test(breaks('ENR-01', 'names the child under six, whose approval needs a written reason'), async () => {
    const [row = []] = next(1).map(without);
    const job = await run([row.with(at('出生日期'), '2020-09-01')]);
    expect(job).toMatchObject({ registered: 1, held: 1, warned: 1, badRows: [] });
    expect(job.warnedRows).toMatchObject([
      {
        row: 2,
        refused: false,
        warnings: [{ item: 9, outcome: 'HOLD', code: 'UNDER_SIX', ruleId: 'ENR-01' }],
      },
    ]);
  });

  test('keeps every warning beside the problems, of refused rows and of those that pass', async () => {
    const [old = [], wrong = []] = next(2).map((row) => without(row).with(at('出生日期'), '2015-08-31'));
    const job = await run([old, wrong.with(at('性别'), '')]);
    expect(countsOf(job)).toMatchObject({ registered: 1, bad: 1, warned: 2, held: 0 });
    expect(job.warnedRows).toMatchObject([
      {
        row: 2,
        refused: false,
        warnings: [{ outcome: 'WARN', code: 'AGE_UNUSUAL_FOR_GRADE', ruleId: null }],
      },
      { row: 3, refused: true, warnings: [{ code: 'AGE_UNUSUAL_FOR_GRADE' }] },
    ]);
    expect(job.badRows).toMatchObject([{ row: 3, problems: [{ item: 3, outcome: 'REJECT' }] }]);
  });

  test('tells of sheets and columns that were not read', async () => {
    const hidden = { name: '旧', rows: [FORM_HEADER, ...next(1)], state: 'hidden' as const };
    const rows = next(1).map((row) => [...row, '转学生']);
    const job = await run(rows, { header: [...FORM_HEADER, '备注'], sheets: [hidden] });
    expect(job.registered).toBe(1);
    expect(job.notes.map(({ code }) => code)).toEqual(['HIDDEN_SHEET_IGNORED', 'EXTRA_COLUMNS_IGNORED']);
  });

  describe('of a file without the column of the class', () => {
    const header = FORM_HEADER.filter((title) => title !== '班级');
    const rowsWithout = () => next(1).map((row) => row.filter((_, index) => index !== at('班级')));

    test(breaks('ID-23', 'in Shanxi is that the column is missing'), async () => {
      const job = await run(rowsWithout(), { header });
      expect(job).toMatchObject({ state: 'FAILED', fileProblem: { code: 'COLUMNS_MISSING' } });
      expect(job.fileProblem?.message).toContain('13.班级');
    });

    test(holds('ID-23', 'in Beiguan is a registration, as at its counter'), async () => {
      const bare = girl(1, { className: null });
      expect((await counter.register(beiguanPrimary, bare)).enrollment).not.toBeNull();
      expect(await run(rowsWithout(), { header, school: beiguanPrimary })).toMatchObject({
        registered: 1,
        badRows: [],
      });
    });
  });
});
