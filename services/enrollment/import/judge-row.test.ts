import { breaks, holds } from '#test/support/rules.ts';
import { codesOf, csvOf, FORM_HEADER, goodRows, inFormOrder, judgeFile } from './fixtures/form-files.ts';
import type { SampleCells } from './sample/good-row.ts';

const [FIRST = {}, SECOND = {}, THIRD = {}] = goodRows(3);
const judge = async (
  rows: readonly SampleCells[],
  columns: readonly string[] = [],
  cells: readonly string[] = [],
) => judgeFile(csvOf([[...FORM_HEADER, ...columns], ...rows.map((row) => [...inFormOrder(row), ...cells])]));
const messages = async (rows: readonly SampleCells[], row: number) => {
  const verdict = (await judge(rows)).get(row);
  return verdict === undefined || verdict.ok ? [] : verdict.problems.map((problem) => problem.message);
};

describe('judging a row of a file', () => {
  test(holds('ID-18', 'rows with document numbers of their own are taken'), async () => {
    const verdicts = [...(await judge([FIRST, SECOND, THIRD])).values()];
    expect(verdicts.map((verdict) => verdict.ok)).toEqual([true, true, true]);
  });

  test(breaks('ID-18', 'both rows with one document number are refused and told of each other'), async () => {
    const twin = { ...FIRST, idDocumentNumber: ` ${FIRST.idDocumentNumber?.toLowerCase()}` };
    const rows = [FIRST, SECOND, twin];
    expect((await messages(rows, 2)).join()).toContain('第4行');
    expect((await messages(rows, 4)).join()).toContain('第2行');
    expect(await messages(rows, 3)).toEqual([]);
  });

  test('pupils without document who look alike are warned of, not refused', async () => {
    const bare = { ...FIRST, idDocumentType: '无', idDocumentNumber: '' };
    const verdicts = await judge([bare, SECOND, bare]);
    expect([2, 3, 4].map((row) => verdicts.get(row)?.warnings.map((warning) => warning.code))).toEqual([
      ['POSSIBLE_DUPLICATE_IN_FILE'],
      [],
      ['POSSIBLE_DUPLICATE_IN_FILE'],
    ]);
    expect(verdicts.get(2)?.ok).toBe(true);
  });

  test('a grade that the school does not teach is refused as such, its last one by the monthly list', async () => {
    const verdicts = await judge([
      { ...FIRST, gradeName: '六年级' },
      { ...SECOND, gradeName: '初一' },
    ]);
    expect([codesOf(verdicts.get(2)), codesOf(verdicts.get(3))]).toEqual([
      ['NON_GRADE_ONE_BATCH_REQUIRED'],
      ['GRADE_NOT_IN_SCHOOL'],
    ]);
  });

  test('the file of another school is noticed by its code', async () => {
    expect(codesOf((await judge([FIRST], ['学校标识码'], ['2114000001'])).get(2))).toEqual([]);
    expect(codesOf((await judge([FIRST], ['学校标识码'], ['2114000002'])).get(2))).toEqual([
      'SCHOOL_CODE_DIFFERS',
    ]);
  });

  test('a year of birth that hardly fits the grade is warned of', async () => {
    const bare = { ...FIRST, idDocumentType: '无', idDocumentNumber: '' };
    const verdicts = await judge([
      { ...bare, birthDate: '2016-09-01' },
      { ...bare, birthDate: '2016-08-31' },
    ]);
    expect([2, 3].map((row) => verdicts.get(row)?.warnings.map((warning) => warning.code))).toEqual([
      [],
      ['AGE_UNUSUAL_FOR_GRADE'],
    ]);
  });
});
