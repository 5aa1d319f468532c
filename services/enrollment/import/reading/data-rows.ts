import { FileProblem } from '../problems/file-problem.ts';
import { refusals } from './refusals.ts';
import type { RawRow, TableHeader } from './table.ts';

/** The rows below the header. Throws FileProblem when there are none or more than `maxRows`. */
export async function* dataRows(
  rows: AsyncIterable<RawRow>,
  header: TableHeader,
  maxRows: number,
): AsyncGenerator<RawRow> {
  let count = 0;
  for await (const row of rows) {
    if (row.number <= header.rowNumber) continue;
    count += 1;
    if (count > maxRows) throw refusals.tooManyRows(maxRows);
    yield row;
  }
  if (count === 0) throw noDataRows();
}

const noDataRows = (): FileProblem =>
  new FileProblem('NO_DATA_ROWS', '表头下面没有数据。请填写后重新上传。', 'no data rows below the header.');
