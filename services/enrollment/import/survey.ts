import { enforces } from '#libs/law/enforces.ts';
import type { DateSystem } from './form-f1/calendar-date.ts';
import { readDocumentNumber } from './form-f1/document-number.ts';
import { cleanText } from './form-f1/text.ts';
import { MergedCells } from './merged-cells.ts';
import type { OpenTable, RawRow, TableHeader } from './reading/table.ts';

/** What one pass over the whole file has shown; judging a single row depends on it. */
export type FileFacts = {
  readonly header: TableHeader;
  readonly dateSystem: DateSystem;
  /** Data rows with content. */
  readonly rowCount: number;
  /** Most cells of any row, header included. */
  readonly width: number;
  readonly merged: MergedCells;
  /** Rows that carry the same document number, by row number: the numbers of the others, rising. */
  readonly sameDocument: ReadonlyMap<number, readonly number[]>;
  /** Rows without document of the same name, gender and birth date, likewise. */
  readonly sameNameAndBirth: ReadonlyMap<number, readonly number[]>;
};

/** Longer texts are refused by the row itself; of them no more than this is kept for comparing. */
const MAX_KEY_UNITS = 200;

/**
 * Reads a table once from end to end before anything of it is entered: a file that turns out broken or too long at
 * its end leaves no trace, and both rows of a double entry can be told of each other. Throws FileProblem.
 */
export async function surveyTable(table: OpenTable): Promise<FileFacts> {
  enforces('ID-18');
  const { header, format } = table;
  const columns = new Map(
    header.columns.flatMap((column) => (column.key === null ? [] : [[column.key, column.index]])),
  );
  const documents = new RowsByKey();
  const persons = new RowsByKey();
  let rowCount = 0;
  let width = header.columns.length;
  for await (const row of table.rows()) {
    rowCount += 1;
    width = Math.max(width, row.cells.length);
    const cell = (key: string) =>
      cleanText((row.cells[columns.get(key) ?? -1] ?? '').slice(0, MAX_KEY_UNITS));
    const document = documentKey(cell('idDocumentNumber'));
    if (document !== '') documents.add(document, row);
    else if (cell('name') !== '') persons.add(`${cell('name')}|${cell('gender')}|${cell('birthDate')}`, row);
  }
  return {
    header,
    dateSystem: format.kind === 'xlsx' ? format.dateSystem : 1900,
    rowCount,
    width,
    merged: new MergedCells(table.mergedRanges(), [...columns.values()]),
    sameDocument: documents.repeated(),
    sameNameAndBirth: persons.repeated(),
  };
}

function documentKey(text: string): string {
  if (text === '') return '';
  const reading = readDocumentNumber(text);
  return reading.ok ? reading.value : '';
}

/** Collects the rows in which a key occurs. */
class RowsByKey {
  readonly #first = new Map<string, number>();
  readonly #all = new Map<string, number[]>();

  add(key: string, row: RawRow): void {
    const first = this.#first.get(key);
    if (first === undefined) {
      this.#first.set(key, row.number);
      return;
    }
    const rows = this.#all.get(key) ?? [first];
    rows.push(row.number);
    this.#all.set(key, rows);
  }

  repeated(): Map<number, readonly number[]> {
    const others = new Map<number, readonly number[]>();
    for (const rows of this.#all.values()) {
      for (const row of rows) others.set(row, rows);
    }
    return others;
  }
}
