import type { Writable } from 'node:stream';
import { isReportColumn, REPORT_COLUMNS } from '../form-f1/header.ts';
import type { OpenTable, RawRow } from '../reading/table.ts';
import type { FileFacts } from '../survey.ts';
import { writeCsv } from '../writing/write-csv.ts';
import { writeXlsx } from '../writing/write-xlsx.ts';
import type { WritingRow } from '../writing/writing-row.ts';
import { type RowTold, toldCells } from './problem-text.ts';

/** What is told about a row by its number in the file; undefined for rows that were taken. */
export type ToldOfRow = (rowNumber: number) => RowTold | undefined | Promise<RowTold | undefined>;

const WIDTHS = { plain: 14, told: 48 };

/**
 * Writes the refused rows of a file back as the same kind of file: every heading row, every column in its place with
 * its cells as they were, rows in their order, and three further columns 问题说明, 如何更正 and 提示. Workbook for workbook;
 * CSV for CSV in the same encoding. Streams; ends the sink. Returns the number of refused rows.
 */
export async function writeReport(
  table: OpenTable,
  file: FileFacts,
  toldOf: ToldOfRow,
  sink: Writable,
): Promise<number> {
  let refused = 0;
  const rows = reportRows(table, file, toldOf, () => {
    refused += 1;
  });
  const { format } = table;
  if (format.kind === 'csv') await writeCsv(rows, format, sink);
  else {
    const kept = keptColumns(file).length;
    const widths = [
      ...Array.from({ length: kept }, () => WIDTHS.plain),
      ...REPORT_COLUMNS.map(() => WIDTHS.told),
    ];
    await writeXlsx(
      rows,
      { sheetName: format.sheetName, frozenRows: table.header.rows.length, widths },
      sink,
    );
  }
  return refused;
}

async function* reportRows(
  table: OpenTable,
  file: FileFacts,
  toldOf: ToldOfRow,
  count: () => void,
): AsyncGenerator<WritingRow> {
  const kept = keptColumns(file);
  const cellsOf = (row: RawRow) => kept.map((index) => row.cells[index] ?? '');
  for (const row of table.header.rows) {
    const isLast = row.number === table.header.rowNumber;
    yield {
      cells: [...cellsOf(row), ...REPORT_COLUMNS.map((title) => (isLast ? title : ''))],
      look: 'HEADING',
    };
  }
  for await (const row of table.rows()) {
    const told = await toldOf(row.number);
    if (told === undefined || told.problems.length === 0) continue;
    count();
    yield { cells: [...cellsOf(row), ...toldCells(told)], look: 'REFUSED' };
  }
}

/** All columns of the file but those that an earlier report has added. */
function keptColumns(file: FileFacts): number[] {
  const dropped = new Set(
    file.header.columns.filter((column) => isReportColumn(column.title)).map((column) => column.index),
  );
  return Array.from({ length: file.width }, (_, index) => index).filter((index) => !dropped.has(index));
}
