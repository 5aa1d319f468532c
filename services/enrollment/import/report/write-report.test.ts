import { PassThrough, Writable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import iconv from 'iconv-lite';
import { judgeJobRow } from '../../jobs/judge-rows.ts';
import {
  codesOf,
  contextOf,
  csvOf,
  FORM_HEADER,
  goodRows,
  inFormOrder,
  judgeFile,
  openBytes,
  rowsOf,
} from '../fixtures/form-files.ts';
import { workbookOf } from '../fixtures/workbook-bytes.ts';
import { REQUIRED_MISSING } from '../form-f1/cell-faults.ts';
import { rowProblem, WHOLE_ROW } from '../problems/row-problem.ts';
import { surveyTable } from '../survey.ts';
import type { RowTold } from './problem-text.ts';
import { writeReport } from './write-report.ts';

/** Row 2 good, row 3 without gender, row 4 good, row 5 with two mistakes and a doubt; an extra column with awkward texts. */
const EXTRA = ['备注', '', '=1+1', '', '@SUM(A1)\n"两行",<b>&'] as const;
/** Nine years and more before the first grade is doubtful, and no mistake. */
const SPOILT = {
  className: '',
  isBoarder: '?',
  idDocumentType: '无',
  idDocumentNumber: '',
  birthDate: '2015-08-31',
};
const ROWS = [
  FORM_HEADER,
  ...goodRows(4).map((cells, at) =>
    inFormOrder(at === 1 ? { ...cells, gender: '' } : at === 3 ? { ...cells, ...SPOILT } : cells),
  ),
].map((cells, row) => [...cells, EXTRA[row] ?? '']);

async function reportOn(bytes: Buffer): Promise<Buffer> {
  const table = await openBytes(bytes);
  const context = contextOf(await surveyTable(table));
  const refused = new Map<number, RowTold>();
  for await (const row of table.rows()) {
    const verdict = judgeJobRow(row, context);
    if (!verdict.ok) refused.set(row.number, verdict);
  }
  const sink = new PassThrough();
  const [written, count] = await Promise.all([
    buffer(sink),
    writeReport(table, context.file, (row) => refused.get(row), sink),
  ]);
  expect(count).toBe(refused.size);
  await table.close();
  return written;
}

async function cellsOf(bytes: Buffer): Promise<{ header: readonly string[]; rows: (readonly string[])[] }> {
  const table = await openBytes(bytes);
  const rows = (await rowsOf(table)).map((row) => row.cells);
  await table.close();
  return { header: table.header.rows.at(-1)?.cells ?? [], rows };
}

const FILES: readonly (readonly [string, () => Promise<Buffer>])[] = [
  ['a workbook', () => workbookOf({ sheets: [{ name: '一年级&', rows: [['某校'], ...ROWS] }] })],
  ['CSV in UTF-8', async () => Buffer.from(`\ufeff${csvOf(ROWS)}`)],
  ['CSV in GB18030', async () => iconv.encode(csvOf(ROWS), 'gb18030')],
];

describe.each(FILES)('the report on %s', (_, file) => {
  test('holds the refused rows only, in order, with all columns and three more', async () => {
    const { header, rows } = await cellsOf(await reportOn(await file()));
    expect(header).toEqual([...FORM_HEADER, '备注', '问题说明', '如何更正', '提示']);
    expect(rows.map((cells) => cells.slice(0, 37))).toEqual(
      [ROWS[2], ROWS[4]].map((cells) => cells?.slice(0, 37)),
    );
    expect(rows.map((cells) => cells[38])).toEqual([
      '第3项“性别”未填写。',
      '1. 第13项“班级”未填写。\n2. 第15项“是否寄宿生”：填写的内容不在“是否”可选范围内。',
    ]);
    expect(rows[1]?.[39]).toMatch(/^1\. .+\n2\. 请填：是、否/);
    expect(rows.map((cells) => cells[40] ?? '')).toEqual([
      '',
      expect.stringContaining('第9项“出生日期”：年龄与年级相差较大'),
    ]);
  });

  test('is written in the form and encoding of the file', async () => {
    const [before, after] = await Promise.all([
      openBytes(await file()),
      openBytes(await reportOn(await file())),
    ]);
    expect(after.format).toEqual({
      ...before.format,
      ...(before.format.kind === 'xlsx' && { sheetName: '一年级&' }),
    });
    await Promise.all([before.close(), after.close()]);
  });

  test('can be mended and sent again: its own columns are dropped, its problems are the same', async () => {
    const first = await reportOn(await file());
    const second = await reportOn(first);
    expect((await cellsOf(second)).header).toEqual([...FORM_HEADER, '备注', '问题说明', '如何更正', '提示']);
    expect([...(await judgeFile(second)).values()].map(codesOf)).toEqual(
      [...(await judgeFile(first)).values()].map(codesOf),
    );
  });
});

test('an ID number that was rounded is found again when the report comes back unchanged', async () => {
  const rounded = { v: '1.4010520190506E+17' };
  const rows = ROWS.slice(0, 2).map((cells, row) =>
    cells.map((cell, column) => (row === 1 && column === 7 ? rounded : cell)),
  );
  const report = await reportOn(await workbookOf({ sheets: [{ name: '表', rows }] }));
  expect(codesOf((await judgeFile(report)).get(2))).toEqual(['NUMBER_PRECISION_LOST']);
});

test.each(FILES)('a reader of the report on %s who goes away ends it with that error', async (_, file) => {
  const table = await openBytes(await file());
  const facts = await surveyTable(table);
  const gone = new Writable({ write: (_chunk, _encoding, done) => done(new Error('gone')) });
  const told: RowTold = { problems: [rowProblem(WHOLE_ROW, REQUIRED_MISSING)], warnings: [] };
  await expect(writeReport(table, facts, () => told, gone)).rejects.toThrow('gone');
  await table.close();
});

describe('text that looks like a formula', () => {
  test('gets an apostrophe in CSV, wherever it stands', async () => {
    const written = (await reportOn(Buffer.from(csvOf(ROWS)))).toString();
    expect(written).toContain(",'=1+1,");
    expect(written).toContain(',"\'@SUM(A1)\n""两行"",<b>&",');
    expect(written).not.toMatch(/(?:^|[,"\n])[=@]/m);
  });

  test('stays the same text in a workbook, which never reads it as a formula', async () => {
    const { rows } = await cellsOf(
      await reportOn(await workbookOf({ sheets: [{ name: '表', rows: ROWS.slice(0, 3) }] })),
    );
    expect(rows[0]?.[37]).toBe('=1+1');
  });
});
