import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { encodeText } from '../reading/csv-encoding.ts';
import type { TextEncoding } from '../reading/table.ts';
import { guarded } from './formula-guard.ts';
import type { WritingRows } from './writing-row.ts';

export type CsvShape = { readonly encoding: TextEncoding; readonly bom: boolean; readonly delimiter: string };

const BOM = '\ufeff';
const LINE_END = '\r\n';
const BATCH_UNITS = 32_768;

/** Streams rows as CSV (RFC 4180) in the given encoding, formula-like text made harmless. Ends the sink. */
export async function writeCsv(rows: WritingRows, shape: CsvShape, sink: Writable): Promise<void> {
  await pipeline(Readable.from(encoded(rows, shape)), sink);
}

async function* encoded(rows: WritingRows, shape: CsvShape): AsyncGenerator<Buffer> {
  const needsQuotes = new RegExp(`["\\r\\n${shape.delimiter}]|^\\s|\\s$`, 'u');
  const field = (text: string): string => {
    const safe = guarded(text);
    return needsQuotes.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  let batch = shape.bom ? BOM : '';
  for await (const { cells } of rows) {
    batch += cells.map(field).join(shape.delimiter) + LINE_END;
    if (batch.length < BATCH_UNITS) continue;
    yield encodeText(batch, shape.encoding);
    batch = '';
  }
  yield encodeText(batch, shape.encoding);
}
