import type { Writable } from 'node:stream';
import { isReportColumn, REPORT_COLUMNS } from '../form-f1/header.ts';
import type { RowProblem } from '../problems/row-problem.ts';
import type { OpenTable, RawRow } from '../reading/table.ts';
import type { FileFacts } from '../survey.ts';
import { writeCsv } from '../writing/write-csv.ts';
import { writeXlsx } from '../writing/write-xlsx.ts';
import type { WritingRow } from '../writing/writing-row.ts';
import { problemCells } from './problem-text.ts';

/** The problems of a row by its number in the file; none or undefined for rows that were taken. */
export type ProblemsOfRow = (
  rowNumber: number,
) => readonly RowProblem[] | undefined | Promise<readonly RowProblem[] | undefined>;

const WIDTHS = { plain: 14, problem: 48 };

/**
 * Writes the refused rows of a file back as the same kind of file: every heading row, every column in its place with
 * its cells as they were, rows in their order, and two further columns 问题说明 and 如何更正. Workbook for workbook;
 * CSV for CSV in the same encoding. Streams; ends the sink. Returns the number of refused rows.
 */
export async function writeReport(
  table: OpenTable,
  file: FileFacts,
  problemsOf: ProblemsOfRow,
  sink: Writable,
): Promise<number> {
  let refused = 0;
  const rows = reportRows(table, file, problemsOf, () => {
    refused += 1;
  });
  const { format } = table;
  if (format.kind === 'csv') await writeCsv(rows, format, sink);
  else {
    const kept = keptColumns(file).length;
    const widths = [...Array.from({ length: kept }, () => WIDTHS.plain), WIDTHS.problem, WIDTHS.problem];
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
  problemsOf: ProblemsOfRow,
  count: () => void,
): AsyncGenerator<WritingRow> {
  const kept = keptColumns(file);
  const cellsOf = (row: RawRow) => kept.map((index) => row.cells[index] ?? '');
  for (const row of table.header.rows) {
    const isLast = row.number === table.header.rowNumber;
    yield { cells: [...cellsOf(row), ...(isLast ? REPORT_COLUMNS : ['', ''])], look: 'HEADING' };
  }
  for await (const row of table.rows()) {
    const problems = (await problemsOf(row.number)) ?? [];
    if (problems.length === 0) continue;
    count();
    yield { cells: [...cellsOf(row), ...problemCells(problems)], look: 'REFUSED' };
  }
}

/** All columns of the file but those that an earlier report has added. */
function keptColumns(file: FileFacts): number[] {
  const dropped = new Set(
    file.header.columns.filter((column) => isReportColumn(column.title)).map((column) => column.index),
  );
  return Array.from({ length: file.width }, (_, index) => index).filter((index) => !dropped.has(index));
}
