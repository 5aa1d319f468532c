import { PassThrough, Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import { columnLetters } from '../reading/table.ts';
import { isFormulaLike } from './formula-guard.ts';
import type { WritingRow, WritingRows } from './writing-row.ts';
import {
  CELL_STYLE,
  CONTENT_TYPES,
  PACKAGE_RELATIONS,
  SHEET_CLOSING,
  STYLES,
  sheetOpening,
  WORKBOOK_RELATIONS,
  workbookPart,
} from './xlsx-parts.ts';

export type XlsxShape = {
  readonly sheetName: string;
  /** Rows at the top that stay in view. */
  readonly frozenRows: number;
  /** Column widths in characters, from the left. */
  readonly widths?: readonly number[];
};

const BATCH_UNITS = 65_536;
const SHEET_NAME_LENGTH = 31;
/** Cells at the end of a refused row that tell what is said of it. */
const TOLD_CELLS = 3;
const MAX_CELL_UNITS = 32_767;
/** The same rows give the same bytes. */
const MODIFIED = new Date(2020, 0, 1);

/**
 * Streams rows into a workbook of one sheet. Every cell is text and stays text: nothing is ever read as a formula,
 * formula-like text carries the quote prefix so that it stays text when it is edited. Ends the sink.
 */
export async function writeXlsx(rows: WritingRows, shape: XlsxShape, sink: Writable): Promise<void> {
  const zip = new ZipFile();
  const options = { mtime: MODIFIED };
  const parts: Record<string, string> = {
    '[Content_Types].xml': CONTENT_TYPES,
    '_rels/.rels': PACKAGE_RELATIONS,
    'xl/workbook.xml': workbookPart(escaped(sheetName(shape.sheetName))),
    'xl/_rels/workbook.xml.rels': WORKBOOK_RELATIONS,
    'xl/styles.xml': STYLES,
  };
  for (const [name, text] of Object.entries(parts)) zip.addBuffer(Buffer.from(text), name, options);
  const sheet = Readable.from(sheetPart(rows, shape), { objectMode: false });
  const output = zip.outputStream.pipe(new PassThrough());
  sheet.on('error', (error) => output.destroy(error));
  zip.addReadStream(sheet, 'xl/worksheets/sheet1.xml', options);
  zip.end();
  try {
    await pipeline(output, sink);
  } finally {
    sheet.destroy();
  }
}

async function* sheetPart(rows: WritingRows, shape: XlsxShape): AsyncGenerator<Buffer> {
  let batch = sheetOpening(shape.frozenRows, shape.widths ?? []);
  let number = 0;
  for await (const row of rows) {
    number += 1;
    batch += rowXml(row, number);
    if (batch.length < BATCH_UNITS) continue;
    yield Buffer.from(batch);
    batch = '';
  }
  yield Buffer.from(batch + SHEET_CLOSING);
}

function rowXml({ cells, look }: WritingRow, number: number): string {
  const told = cells.length - TOLD_CELLS;
  let xml = `<row r="${number}">`;
  for (const [at, text] of cells.entries()) {
    if (text === '') continue;
    const style = look === 'HEADING' ? CELL_STYLE.heading : styleOf(text, look === 'REFUSED' && at >= told);
    const styled = style === CELL_STYLE.text ? '' : ` s="${style}"`;
    const spaced = OUTER_SPACE.test(text) ? ' xml:space="preserve"' : '';
    xml += `<c r="${columnLetters(at)}${number}"${styled} t="inlineStr"><is><t${spaced}>${escaped(text)}</t></is></c>`;
  }
  return `${xml}</row>`;
}

function styleOf(text: string, tellsProblem: boolean): number {
  if (tellsProblem) return CELL_STYLE.problem;
  return isFormulaLike(text) ? CELL_STYLE.quoted : CELL_STYLE.text;
}

const OUTER_SPACE = /^\s|\s$|\n/u;
const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const MARKUP = /[&<>"]/gu;
const LOOKS_ESCAPED = /_(?=x[0-9A-Fa-f]{4}_)/gu;
/** Characters that XML 1.0 cannot hold, and the carriage return, which its readers would turn into a line feed. */
const NOT_XML = /(?![\t\n\u0080-\u009f])[\p{Cc}\ufffe\uffff]/gu;

/** Text as XML content; what XML cannot hold is written as `_xHHHH_` (ECMA-376 part 1, 22.9.2.19). */
function escaped(text: string): string {
  return text
    .slice(0, MAX_CELL_UNITS)
    .toWellFormed()
    .replace(LOOKS_ESCAPED, '_x005F_')
    .replace(NOT_XML, (char) => `_x${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`)
    .replace(MARKUP, (char) => ENTITIES[char] ?? char);
}

const sheetName = (name: string): string =>
  name
    .replace(/[[\]:*?/\\]/gu, ' ')
    .slice(0, SHEET_NAME_LENGTH)
    .trim() || '学生基本信息';
