import type { DateSystem } from '../form-f1/calendar-date.ts';
import type { HeaderColumn } from '../form-f1/header.ts';
import type { CellFlag } from '../form-f1/parse-context.ts';

/** A row as the file holds it. `cells` by column index; missing ones are ''. */
export type RawRow = {
  /** Row number as a spreadsheet program shows it, from 1. */
  readonly number: number;
  readonly cells: readonly string[];
  /** What was noticed about a cell, by column index. */
  readonly flags: ReadonlyMap<number, CellFlag>;
};

/** The heading of a table: every row down to the last one of the header, and what its columns stand for. */
export type TableHeader = {
  /** Number of the last header row. */
  readonly rowNumber: number;
  readonly rows: readonly RawRow[];
  readonly columns: readonly HeaderColumn[];
};

/** Cells of a merged range, bounds included: rows from 1, columns from 0. */
export type MergedRange = {
  readonly firstRow: number;
  readonly lastRow: number;
  readonly firstColumn: number;
  readonly lastColumn: number;
};

/** Something worth telling about a file that does not stop it. */
export type FileNote = {
  readonly code: 'EXTRA_COLUMNS_IGNORED' | 'SHEETS_IGNORED' | 'HIDDEN_SHEET_IGNORED' | 'MACROS_IGNORED';
  readonly message: string;
  readonly messageEn: string;
};

export type TextEncoding = 'utf-8' | 'gb18030' | 'utf-16le';

/** How the file is written, so that a report can be written alike. */
export type TableFormat =
  | { readonly kind: 'xlsx'; readonly sheetName: string; readonly dateSystem: DateSystem }
  | {
      readonly kind: 'csv';
      readonly encoding: TextEncoding;
      readonly bom: boolean;
      readonly delimiter: string;
    };

/**
 * An opened file. `rows` may be asked several times, one after the other; each pass streams the data rows with
 * content in their order. `close` frees the file and whatever was put aside.
 */
export type OpenTable = {
  readonly format: TableFormat;
  readonly header: TableHeader;
  readonly notes: readonly FileNote[];
  rows(): AsyncIterableIterator<RawRow>;
  /** Merged ranges among the data rows; known after a whole pass. */
  mergedRanges(): readonly MergedRange[];
  close(): Promise<void>;
};

/** `A`, `B` … `AA` for a column index from 0. */
export function columnLetters(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : columnLetters(Math.floor(index / 26) - 1) + letter;
}

/** Column index from 0 of a cell reference such as `AB12`; -1 when there is no letter. */
export function columnIndex(reference: string): number {
  let index = 0;
  for (let at = 0; at < reference.length; at += 1) {
    const code = reference.charCodeAt(at);
    if (code < 65 || code > 90) break;
    index = index * 26 + code - 64;
  }
  return index - 1;
}

/** Rows of a sheet, blank ones included, in every spreadsheet program. */
export const SHEET_ROWS = 1_048_576;

/** Rows read to find a header: ten that may hold it and a few below that show whether data follow. */
export const TOP_ROWS = 14;
