import { deflateRawSync } from 'node:zlib';
import {
  BEIGUAN_SCHOOL,
  csvOf,
  FORM_HEADER,
  goodRows,
  inFormOrder,
  refusalOf,
} from '../fixtures/form-files.ts';
import { type FixtureWorkbook, workbookOf, zipOf } from '../fixtures/workbook-bytes.ts';
import type { FileProblemCode } from '../problems/file-problem.ts';

const ROWS = [FORM_HEADER, ...goodRows(3).map(inFormOrder)];
const SHEET = { name: '表', rows: ROWS };
const workbook = (changes: Partial<FixtureWorkbook> = {}) => workbookOf({ sheets: [SHEET], ...changes });
const OLE = Buffer.from('d0cf11e0a1b11ae1', 'hex');
const ole = (content: string) =>
  Buffer.concat([OLE, Buffer.alloc(1_016), Buffer.from(content, 'utf16le'), Buffer.alloc(512)]);

/** Every 32-bit little-endian field at these offsets of each central directory record, rewritten. */
function withDirectoryField(bytes: Buffer, offset: number, value: (old: number) => number): Buffer {
  const copy = Buffer.from(bytes);
  const mark = Buffer.from('504b0102', 'hex');
  for (let at = copy.indexOf(mark); at !== -1; at = copy.indexOf(mark, at + 4)) {
    copy.writeUInt32LE(value(copy.readUInt32LE(at + offset)), at + offset);
  }
  return copy;
}

async function expectRefusal(bytes: Buffer | string, code: FileProblemCode, limits = {}): Promise<void> {
  const problem = await refusalOf(bytes, limits);
  expect(problem?.code).toBe(code);
  expect(problem?.message).toMatch(/\p{Script=Han}/u);
  expect(problem?.messageEn).toMatch(/^[\x20-\x7e]+$/);
}

describe('files that are not what their name says', () => {
  test('an ordinary workbook is taken', async () => expect(await refusalOf(await workbook())).toBeNull());
  test('an empty file', () => expectRefusal('', 'FILE_EMPTY'));
  test('a file of blanks', () => expectRefusal(' \r\n \r\n', 'FILE_EMPTY'));
  test('an old .xls workbook', () => expectRefusal(ole('Workbook'), 'OLD_EXCEL_FORMAT'));
  test('a workbook with a password', () => expectRefusal(ole('EncryptedPackage'), 'WORKBOOK_ENCRYPTED'));
  test('a workbook with a password, whose mark lies across two pieces of the file', () =>
    expectRefusal(ole(`${'-'.repeat(32 * 1_024 - 516)}EncryptedPackage`), 'WORKBOOK_ENCRYPTED'));
  test.each([
    ['a PDF', Buffer.from('%PDF-1.7\n1 0 obj')],
    ['a PNG picture', Buffer.from('89504e470d0a1a0a0000', 'hex')],
    ['a JPEG picture', Buffer.from('ffd8ffe000104a464946', 'hex')],
    ['a RAR archive', Buffer.from('526172211a0700', 'hex')],
    ['a web page saved as .xls', Buffer.from('\ufeff  <html><table><tr><td>姓名</td></tr></table>')],
    ['an XML spreadsheet of 2003', Buffer.from('<?xml version="1.0"?><Workbook/>')],
    ['binary data', Buffer.from([1, 2, 0, 3, 4, 5, 6])],
  ])('%s', (_, bytes) => expectRefusal(bytes, 'FILE_TYPE_NOT_SUPPORTED'));
  test('a text document in a zip', async () =>
    expectRefusal(await zipOf({ 'word/document.xml': '<document/>' }), 'NOT_A_WORKBOOK'));
  test('a binary .xlsb workbook', async () =>
    expectRefusal(await zipOf({ 'xl/workbook.bin': 'x' }), 'OLD_EXCEL_FORMAT'));
});

describe('damaged and cut workbooks', () => {
  test('a workbook cut at any of forty places is never taken', async () => {
    const bytes = await workbook();
    for (let part = 1; part < 40; part += 1) {
      const problem = await refusalOf(bytes.subarray(0, Math.floor((bytes.length * part) / 40)));
      expect(problem?.code).toMatch(/^(WORKBOOK_CUT|WORKBOOK_DAMAGED|FILE_TYPE_NOT_SUPPORTED)$/);
    }
  });
  test('a part whose bytes do not match its checksum', async () =>
    expectRefusal(
      withDirectoryField(await workbook(), 16, (crc) => (crc ^ 1) >>> 0),
      'WORKBOOK_DAMAGED',
    ));
  test('XML that ends too early', async () =>
    expectRefusal(
      await workbook({ parts: { 'xl/workbook.xml': '<workbook><sheets>' } }),
      'WORKBOOK_DAMAGED',
    ));
  test('a sheet that breaks off after good rows is refused as a whole', async () => {
    const good = ROWS.map(
      (cells, row) =>
        `<row r="${row + 1}">${cells.map((cell) => `<c t="inlineStr"><is><t>${cell}</t></is></c>`).join('')}</row>`,
    );
    const parts = { 'xl/worksheets/sheet1.xml': `<worksheet><sheetData>${good.join('')}<row>` };
    await expectRefusal(await workbook({ parts }), 'WORKBOOK_DAMAGED');
  });
  test('a shared string that does not exist', async () =>
    expectRefusal(
      await workbook({ sheets: [{ name: '表', rows: [...ROWS, [{ t: 's', v: '999999' }]] }] }),
      'WORKBOOK_DAMAGED',
    ));
  test('rows out of order', async () => {
    const parts = {
      'xl/worksheets/sheet1.xml': '<worksheet><sheetData><row r="2"/><row r="1"/></sheetData></worksheet>',
    };
    await expectRefusal(await workbook({ parts }), 'WORKBOOK_DAMAGED');
  });
  test('bytes that are no UTF-8', async () =>
    expectRefusal(
      await workbook({ parts: { 'xl/workbook.xml': Buffer.from('<workbook>\xff</workbook>', 'latin1') } }),
      'WORKBOOK_DAMAGED',
    ));
});

describe('attacks', () => {
  const MIB = 1024 * 1024;
  const sheetOf = (xml: string) => workbook({ parts: { 'xl/worksheets/sheet1.xml': xml } });

  test('a document type declaration with entities', () =>
    sheetOf(
      '<!DOCTYPE a [<!ENTITY b "c">]><worksheet><sheetData><row><c><v>&b;</v></c></row></sheetData></worksheet>',
    ).then((bytes) => expectRefusal(bytes, 'XML_ENTITY_FORBIDDEN')));
  test('an entity without declaration', async () =>
    expectRefusal(
      await sheetOf('<worksheet><sheetData><row><c><v>&b;</v></c></row></sheetData></worksheet>'),
      'XML_ENTITY_FORBIDDEN',
    ));
  test('a part that unpacks five hundredfold', async () =>
    expectRefusal(
      await sheetOf(`<worksheet>${' '.repeat(20 * MIB)}</worksheet>`),
      'WORKBOOK_EXPANDS_TOO_FAR',
    ));
  test('a part beyond the size of one part', async () =>
    expectRefusal(
      await sheetOf(`<worksheet>${'<a/>'.repeat(1_000)}</worksheet>`),
      'WORKBOOK_EXPANDS_TOO_FAR',
      { maxEntryBytes: 3_000 },
    ));
  test('parts beyond the size of all parts', async () =>
    expectRefusal(await workbook(), 'WORKBOOK_EXPANDS_TOO_FAR', { maxTotalBytes: 4_000 }));
  test('more parts than a workbook has', async () => {
    const parts = Object.fromEntries(Array.from({ length: 2_001 }, (_, at) => [`media/${at}`, '']));
    await expectRefusal(await workbook({ parts, compress: false }), 'WORKBOOK_EXPANDS_TOO_FAR');
  });
  test('a part that states less than it unpacks to', async () => {
    const lying = withDirectoryField(await workbook(), 24, () => 10);
    expect((await refusalOf(lying))?.code).toMatch(/^WORKBOOK_(EXPANDS_TOO_FAR|DAMAGED)$/);
  });
  test('tags nested without end', async () =>
    expectRefusal(await sheetOf(`<worksheet>${'<a>'.repeat(10_000)}`), 'WORKBOOK_DAMAGED'));
  test('one text without end', async () =>
    expectRefusal(
      await sheetOf(
        `<worksheet><sheetData><row><c t="str"><v>${'字'.repeat(MIB)}</v></c></row></sheetData></worksheet>`,
      ),
      'WORKBOOK_DAMAGED',
    ));
  test('an encrypted part', async () => {
    const bytes = withDirectoryField(await workbook(), 8, (flags) => flags | 1);
    await expectRefusal(bytes, 'WORKBOOK_ENCRYPTED');
  });
  test('a zip that is no deflate stream inside', async () => {
    const bytes = await workbook();
    const packed = deflateRawSync(Buffer.from('<workbook'));
    const at = bytes.indexOf(packed.subarray(0, 3));
    bytes.fill(0xff, at === -1 ? 60 : at, (at === -1 ? 60 : at) + 20);
    expect((await refusalOf(bytes))?.code).toMatch(/^WORKBOOK_/);
  });
});

describe('bounds', () => {
  test('a file beyond the size that is allowed', async () =>
    expectRefusal(await workbook(), 'FILE_TOO_LARGE', { maxFileBytes: 1_000 }));
  test('as many rows as are allowed are taken, one more is not', async () => {
    expect(await refusalOf(await workbook(), { maxRows: 3 })).toBeNull();
    await expectRefusal(await workbook(), 'TOO_MANY_ROWS', { maxRows: 2 });
    await expectRefusal(csvOf(ROWS), 'TOO_MANY_ROWS', { maxRows: 2 });
  });
  test('content far to the right', async () => {
    const wide = [...Array.from({ length: 600 }, () => ''), 'x'];
    await expectRefusal(
      await workbook({ sheets: [{ name: '表', rows: [FORM_HEADER, wide] }] }),
      'TOO_MANY_COLUMNS',
    );
    await expectRefusal(csvOf([FORM_HEADER, wide]), 'TOO_MANY_COLUMNS');
  });
  test('a header without data', async () => {
    await expectRefusal(await workbook({ sheets: [{ name: '表', rows: [FORM_HEADER] }] }), 'NO_DATA_ROWS');
    await expectRefusal(csvOf([FORM_HEADER]), 'NO_DATA_ROWS');
  });
});

describe('sheets and headers', () => {
  test('no header', () => expectRefusal('a,b,c\r\n1,2,3', 'HEADER_NOT_FOUND'));
  test('the wrong sheets only', async () =>
    expectRefusal(
      await workbook({ sheets: [{ name: '课表', rows: [['周一', '周二']] }] }),
      'HEADER_NOT_FOUND',
    ));
  test('pupils on two sheets', async () =>
    expectRefusal(await workbook({ sheets: [SHEET, { ...SHEET, name: '二班' }] }), 'SEVERAL_SHEETS'));
  test('a sheet that explains and an empty one beside the pupils do no harm', async () => {
    const sheets = [
      { ...SHEET, name: '填写示例' },
      { ...SHEET, name: '一班' },
      { name: '空', rows: [FORM_HEADER] },
    ];
    expect(await refusalOf(await workbook({ sheets }))).toBeNull();
  });
  test('missing required columns are all named', async () => {
    const problem = await refusalOf(
      csvOf(ROWS.map((cells) => cells.filter((_, at) => at !== 2 && at !== 25))),
    );
    expect(problem?.code).toBe('COLUMNS_MISSING');
    expect(problem?.message).toContain('3.性别、26.成员一联系电话');
    expect(problem?.message).not.toContain('未能识别');
  });
  test('headers that were not understood are named beside them, by their letters where they hold a number', async () => {
    const [header = [], ...data] = ROWS;
    const other = header.map((title, at) => (at === 2 ? '男女' : at === 12 ? '14010520190506001X' : title));
    const problem = await refusalOf(csvOf([other, ...data]));
    expect(problem?.message).toContain('3.性别、13.班级');
    expect(problem?.message).toContain('表中未能识别的列：“男女”（C列）、M列。');
    expect(`${problem?.message}${problem?.messageEn}`).not.toContain('1401');
  });
  test('what only another place asks for may be missing', async () => {
    const rows = ROWS.map((cells) => cells.filter((_, at) => at !== 12 && at !== 25));
    expect((await refusalOf(csvOf(rows)))?.code).toBe('COLUMNS_MISSING');
    expect(await refusalOf(csvOf(rows), {}, BEIGUAN_SCHOOL)).toBeNull();
  });
  test('a column that comes twice is named with its letters', async () => {
    const problem = await refusalOf(csvOf(ROWS.map((cells, row) => [...cells, row === 0 ? '性别' : '男'])));
    expect(problem?.code).toBe('COLUMNS_DUPLICATED');
    expect(problem?.message).toContain('3.性别（C、AL列）');
  });
  test('a CSV whose quotes do not match', () => expectRefusal(`${csvOf(ROWS)}\r\n"王`, 'CSV_BROKEN'));
  test('an encoding that is neither UTF-8 nor GB18030', () =>
    expectRefusal(Buffer.from([0x61, 0xff, 0xff, 0x2c, 0x80, 0x80]), 'ENCODING_UNKNOWN'));
});
