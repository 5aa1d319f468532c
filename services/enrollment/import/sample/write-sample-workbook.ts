import type { Writable } from 'node:stream';
import type { F1Item } from '../form-f1/item.ts';
import { ALL_ITEMS, FORM_ITEMS } from '../form-f1/items.ts';
import { writeXlsx } from '../writing/write-xlsx.ts';
import type { WritingRow } from '../writing/writing-row.ts';
import { type SampleOrder, sampleRows } from './sample-rows.ts';

export type SampleWorkbookOrder = SampleOrder & {
  /** Name of the school, printed over the table. */
  readonly school: string;
};

/** What a sample holds: for each bad row its number in the sheet, what is wrong, and the code it is found by. */
export type SampleWorkbook = {
  readonly rows: number;
  readonly bad: readonly { readonly row: number; readonly title: string; readonly code: string }[];
};

const HEADING_ROWS = 2;
const FURTHER = new Set([
  'isMigrantChild',
  'commuteDistance',
  'commuteMode',
  'assessedByExpertCommittee',
  'disabilityProof',
]);
const COLUMNS: readonly F1Item[] = [...FORM_ITEMS, ...ALL_ITEMS.filter((item) => FURTHER.has(item.key))];
const SHEET = { sheetName: '学生基本信息采集表' };
const WIDE = /[aA]ddress$/;

/**
 * Writes a workbook of invented first-graders as a school would send it; the same order gives the same bytes.
 * Names, numbers and addresses are made up. Ends the sink.
 */
export async function writeSampleWorkbook(
  order: SampleWorkbookOrder,
  sink: Writable,
): Promise<SampleWorkbook> {
  const bad: { row: number; title: string; code: string }[] = [];
  const rows = function* (): Generator<WritingRow> {
    yield { cells: [`${order.school} ${order.entryYear}年新生学生基本信息采集表`], look: 'HEADING' };
    yield { cells: COLUMNS.map(printedHeader), look: 'HEADING' };
    let row = HEADING_ROWS;
    for (const { cells, mistake } of sampleRows(order)) {
      row += 1;
      if (mistake !== null) bad.push({ row, title: mistake.title, code: mistake.code });
      yield { cells: COLUMNS.map((item) => cells[item.key] ?? ''), look: 'DATA' };
    }
  };
  await writeXlsx(rows(), { ...SHEET, frozenRows: HEADING_ROWS, widths: widthsOf(COLUMNS) }, sink);
  return { rows: order.rows, bad };
}

/** Writes the collection form with nothing but its header: every column that an import understands. Ends the sink. */
export const writeTemplate = (sink: Writable): Promise<void> =>
  writeXlsx(
    [{ cells: ALL_ITEMS.map(printedHeader), look: 'HEADING' }],
    { ...SHEET, frozenRows: 1, widths: widthsOf(ALL_ITEMS) },
    sink,
  );

const widthsOf = (columns: readonly F1Item[]): number[] =>
  columns.map(({ key }) => (WIDE.test(key) ? 44 : key.endsWith('Number') ? 22 : 12));

function printedHeader(item: F1Item): string {
  const mark = item.mark === 'STAR' ? '★' : item.mark === 'ASTERISK' ? '*' : '';
  return item.number === null ? item.header : `${item.number}.${mark}${item.header}`;
}
