import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { findHeader, headerNotFound, refuseRepeated } from '../form-f1/header-search.ts';
import type { CellFlag } from '../form-f1/parse-context.ts';
import type { ByteSource } from './byte-source.ts';
import { decodedText, detectEncoding } from './csv-encoding.ts';
import { dataRows } from './data-rows.ts';
import { extraColumnsNote } from './file-notes.ts';
import type { ReadingLimits } from './limits.ts';
import { refusals } from './refusals.ts';
import {
  type OpenTable,
  type RawRow,
  SHEET_ROWS,
  type TableHeader,
  type TextEncoding,
  TOP_ROWS,
} from './table.ts';

const DELIMITERS = [',', '\t', ';'] as const;
const MAX_RECORD_UNITS = 1024 * 1024;
const NO_FLAGS: ReadonlyMap<number, CellFlag> = new Map();

type CsvFile = {
  source: ByteSource;
  encoding: TextEncoding;
  delimiter: string;
  maxColumns: number;
  maxRows: number;
};

/** Opens a CSV file in UTF-8, GB18030 or UTF-16LE; commas, tabs and semicolons are understood. Throws FileProblem. */
export async function openCsvTable(source: ByteSource, limits: ReadingLimits): Promise<OpenTable> {
  const { encoding, bom } = await detectEncoding(source);
  const delimiter = await detectDelimiter(source, encoding);
  const file: CsvFile = {
    source,
    encoding,
    delimiter,
    maxColumns: limits.maxColumns,
    maxRows: limits.maxRows,
  };
  const top: RawRow[] = [];
  for await (const row of records(file)) {
    top.push(row);
    if (top.length === TOP_ROWS) break;
  }
  const found = findHeader(top);
  if (found === null) throw headerNotFound();
  refuseRepeated(found.match);
  const width = widthOf(found.header);
  return {
    format: { kind: 'csv', encoding, bom, delimiter },
    header: found.header,
    notes: extraColumnsNote(found.header),
    rows: () => dataRows(withinWidth(records(file), width), found.header, limits.maxRows),
    mergedRanges: () => [],
    close: async () => {},
  };
}

/** The delimiter that parts the first lines most often. */
async function detectDelimiter(source: ByteSource, encoding: TextEncoding): Promise<string> {
  for await (const piece of decodedText(source, encoding)) {
    const head = piece.slice(0, 16_384);
    const counts = DELIMITERS.map((delimiter) => ({ delimiter, count: head.split(delimiter).length }));
    return counts.reduce((most, one) => (one.count > most.count ? one : most)).delimiter;
  }
  return ',';
}

async function* records(file: CsvFile): AsyncGenerator<RawRow> {
  const parser = parse({
    delimiter: file.delimiter,
    relax_column_count: true,
    skip_empty_lines: false,
    max_record_size: MAX_RECORD_UNITS,
  });
  const text = Readable.from(decodedText(file.source, file.encoding));
  text.on('error', (error) => parser.destroy(error));
  let number = 0;
  try {
    for await (const record of text.pipe(parser)) {
      number += 1;
      const cells: string[] = record;
      if (number > SHEET_ROWS) throw refusals.tooManyRows(file.maxRows);
      if (cells.every((cell) => cell.trim() === '')) continue;
      const last = cells.findLastIndex((cell) => cell.trim() !== '');
      if (last >= file.maxColumns) throw refusals.tooManyColumns(file.maxColumns);
      yield { number, cells, flags: NO_FLAGS };
    }
  } catch (error) {
    throw error instanceof CsvError ? refusals.csvBroken(number + 1) : error;
  } finally {
    text.destroy();
  }
}

const widthOf = (header: TableHeader): number =>
  header.columns.findLastIndex((column) => column.title.trim() !== '') + 1;

/** Marks rows that have content beyond the header: an unquoted comma has probably shifted their cells. */
async function* withinWidth(rows: AsyncIterable<RawRow>, width: number): AsyncGenerator<RawRow> {
  for await (const row of rows) {
    const beyond = row.cells.findIndex((cell, index) => index >= width && cell.trim() !== '');
    yield beyond === -1 ? row : { ...row, flags: new Map([[beyond, 'BEYOND_HEADER']]) };
  }
}
