import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import iconv from 'iconv-lite';
import {
  codesOf,
  csvOf,
  FORM_HEADER,
  goodRows,
  inFormOrder,
  judgeFile,
  openBytes,
  rowsOf,
} from '../fixtures/form-files.ts';
import { type FixtureCell, type FixtureWorkbook, workbookOf } from '../fixtures/workbook-bytes.ts';
import { openTable } from './open-table.ts';
import type { OpenTable } from './table.ts';

const GOOD = goodRows(4).map(inFormOrder);
const ROWS = [FORM_HEADER, ...GOOD];
const BIRTH_DATE = 8;
const DOCUMENT = 7;

const workbook = (rows: readonly (readonly FixtureCell[])[], changes: Partial<FixtureWorkbook> = {}) =>
  workbookOf({ sheets: [{ name: '表', rows }], ...changes });
const trimmed = (cells: readonly string[]) => cells.slice(0, cells.findLastIndex((cell) => cell !== '') + 1);
const replaced = (cells: readonly FixtureCell[], at: number, cell: FixtureCell) => cells.with(at, cell);

async function reading<Result>(
  bytes: Buffer | string,
  use: (table: OpenTable) => Promise<Result>,
): Promise<Result> {
  const table = await openBytes(bytes);
  try {
    return await use(table);
  } finally {
    await table.close();
  }
}

const cellsIn = (bytes: Buffer | string) =>
  reading(bytes, async (table) => (await rowsOf(table)).map((row) => trimmed(row.cells)));

describe('reading a workbook', () => {
  test.each([
    ['inline', false],
    ['shared', true],
  ])('texts kept %s come out as they went in', async (_, shared) =>
    expect(await cellsIn(await workbook(ROWS, { shared }))).toEqual(GOOD.map(trimmed)),
  );

  test('shared strings beyond the bound are put aside and come back', async () => {
    const rows = goodRows(400).map((cells, at) =>
      inFormOrder({ ...cells, className: `${'长'.repeat(2_000)}${at}` }),
    );
    const table = await openBytes(await workbook([FORM_HEADER, ...rows], { shared: true }), {
      residentStringBytes: 1,
    });
    expect((await rowsOf(table)).map((row) => trimmed(row.cells))).toEqual(rows.map(trimmed));
    await table.close();
  });

  test('rich text is joined, phonetic readings are left out, escapes are undone', async () => {
    const [first = []] = GOOD;
    const rich = {
      t: 'inlineStr',
      inline: '<is><r><t>王_x0041_</t></r><rPh><t>wang</t></rPh><r><t>小</t></r></is>',
    };
    const [row] = await cellsIn(await workbook([FORM_HEADER, replaced(first, 0, rich)]));
    expect(row?.[0]).toBe('王A小');
  });

  test('dates kept as numbers are read by their style, in either date system', async () => {
    const [first = []] = GOOD;
    const dated = (serial: number) => replaced(first, BIRTH_DATE, { v: String(serial), s: 1 });
    for (const [serial, date1904] of [
      [43_709, false],
      [42_247, true],
    ] as const) {
      const [row] = await cellsIn(
        await workbook([FORM_HEADER, dated(serial)], { formats: [0, 14], date1904 }),
      );
      expect(row?.[BIRTH_DATE]).toBe('2019-09-01');
    }
  });

  test('a date without style in a 1904 workbook is still read by that system', async () => {
    const cells = { ...goodRows(1)[0], idDocumentType: '无', idDocumentNumber: '' };
    const row = replaced(inFormOrder(cells), BIRTH_DATE, { v: '42247' });
    const verdict = (await judgeFile(await workbook([FORM_HEADER, row], { date1904: true }))).get(2);
    expect(verdict?.ok && verdict.handed.form.birthDate).toBe('2019-09-01');
  });

  test('the cached result of a formula is used; a formula without one is a problem of its row', async () => {
    const [first = [], second = []] = GOOD;
    const cached = replaced(first, 0, { t: 'str', f: 'A1&amp;B1', v: '王小明' });
    const empty = replaced(second, 0, { f: 'A1' });
    const verdicts = await judgeFile(await workbook([FORM_HEADER, cached, empty]));
    expect([codesOf(verdicts.get(2)), codesOf(verdicts.get(3))]).toEqual([[], ['FORMULA_WITHOUT_VALUE']]);
  });

  test('an ID number that was typed as a number has lost digits, an error value is no text', async () => {
    const [first = [], second = []] = GOOD;
    const rows = [
      replaced(first, DOCUMENT, { v: '1.4010520190506E+17' }),
      replaced(second, 0, { t: 'e', v: '#N/A' }),
    ];
    const verdicts = await judgeFile(await workbook([FORM_HEADER, ...rows]));
    expect([codesOf(verdicts.get(2)), codesOf(verdicts.get(3))]).toEqual([
      ['NUMBER_PRECISION_LOST'],
      ['CELL_ERROR_VALUE'],
    ]);
  });

  test('rows under a merged cell are told so, the first of them is not', async () => {
    const className = 12;
    const rows = GOOD.map((cells, at) => replaced(cells, className, at === 0 ? '1班' : ''));
    const sheets = [
      {
        name: '表',
        rows: [FORM_HEADER, ...rows],
        after: '<mergeCells><mergeCell ref="M2:M4"/></mergeCells>',
      },
    ];
    const verdicts = await judgeFile(await workbookOf({ sheets }));
    expect([2, 3, 4, 5].map((row) => codesOf(verdicts.get(row)))).toEqual([
      [],
      ['MERGED_CELL'],
      ['MERGED_CELL'],
      ['REQUIRED_ITEM_MISSING'],
    ]);
  });

  test('blank rows are stepped over and rows keep their numbers', async () => {
    const [first = [], second = []] = GOOD;
    const numbers = await reading(
      await workbook([['标题'], FORM_HEADER, [], first, [' '], second]),
      async (table) => (await rowsOf(table)).map((row) => row.number),
    );
    expect(numbers).toEqual([4, 6]);
  });

  test('extra columns, macros and hidden sheets with pupils are told of', async () => {
    const rows = ROWS.map((cells) => [...cells, '备注']);
    const hidden = { name: '旧', rows: ROWS, state: 'hidden' as const };
    const codes = await reading(await workbookOf({ sheets: [{ name: '表', rows }, hidden] }), async (table) =>
      table.notes.map((note) => note.code),
    );
    expect(codes).toEqual(['HIDDEN_SHEET_IGNORED', 'EXTRA_COLUMNS_IGNORED']);
  });

  test('the rows can be read again, and a pass that is left early does no harm', async () => {
    await reading(await workbook(ROWS), async (table) => {
      for await (const row of table.rows()) {
        expect(row.number).toBe(2);
        break;
      }
      expect(await rowsOf(table)).toHaveLength(4);
      expect(await rowsOf(table)).toHaveLength(4);
    });
  });

  test('a file is read in place when a path is given', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'import-test-'));
    const file = path.join(folder, 'pupils.pdf');
    await writeFile(file, await workbook(ROWS));
    const table = await openTable(file);
    expect(await rowsOf(table)).toHaveLength(4);
    await table.close();
    await rm(folder, { recursive: true });
  });
});

describe('reading CSV', () => {
  const text = csvOf(ROWS);
  test.each([
    ['UTF-8', Buffer.from(text), { encoding: 'utf-8', bom: false }],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${text}`), { encoding: 'utf-8', bom: true }],
    ['GB18030, with a rare character', iconv.encode(text, 'gb18030'), { encoding: 'gb18030', bom: false }],
    [
      'UTF-16LE as Excel saves it',
      Buffer.from(`\ufeff${text}`, 'utf16le'),
      { encoding: 'utf-16le', bom: true },
    ],
  ])('%s is recognised', async (_, bytes, format) => {
    await reading(bytes, async (table) => {
      expect(table.format).toMatchObject(format);
      const rows = await rowsOf(table);
      expect(rows.map((row) => trimmed(row.cells))).toEqual(GOOD.map(trimmed));
      expect(rows[0]?.cells[0]).toContain('𠮷');
    });
  });

  test.each(['\t', ';'])('fields may be parted by %j', async (delimiter) => {
    const plain = ROWS.map((cells) => cells.join(delimiter)).join('\n');
    expect(await cellsIn(plain)).toEqual(GOOD.map(trimmed));
  });

  test('a comma that splits a cell is noticed', async () => {
    const [first = []] = GOOD;
    const shifted = [...first, '', '号楼'];
    const verdicts = await judgeFile(csvOf([FORM_HEADER, shifted]));
    expect(codesOf(verdicts.get(2))).toContain('CELLS_BEYOND_HEADER');
  });
});
