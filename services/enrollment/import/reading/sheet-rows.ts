import type { CellFlag } from '../form-f1/parse-context.ts';
import { refusals } from './refusals.ts';
import { type CellSources, contentOf, type SheetCell } from './sheet-cell.ts';
import { columnIndex, type MergedRange, type RawRow, SHEET_ROWS } from './table.ts';
import { XmlFeed, type XmlListener } from './xml-feed.ts';

const NO_FLAGS: ReadonlyMap<number, CellFlag> = new Map();
const LAST_COLUMN = 16_383;
const MAX_MERGED = 100_000;

/** What one pass over a sheet collects beside its rows. */
export type SheetPass = { readonly merged: MergedRange[]; readonly maxColumns: number };

/** Streams the rows of a worksheet part that have content; merged ranges are added to the pass at its end. */
export async function* sheetRows(
  chunks: AsyncIterable<Buffer>,
  sources: CellSources,
  pass: SheetPass,
): AsyncGenerator<RawRow> {
  const listener = new SheetListener(sources, pass);
  const feed = new XmlFeed(listener);
  for await (const chunk of chunks) {
    feed.write(chunk);
    yield* listener.take();
  }
  feed.end();
  yield* listener.take();
}

class SheetListener implements XmlListener {
  readonly #sources: CellSources;
  readonly #pass: SheetPass;
  #rows: RawRow[] = [];
  #number = 0;
  #cells: string[] = [];
  #flags: Map<number, CellFlag> | null = null;
  #hasContent = false;
  #column = -1;
  #cell: SheetCell | null = null;
  #listening = false;
  #phonetic = 0;

  constructor(sources: CellSources, pass: SheetPass) {
    this.#sources = sources;
    this.#pass = pass;
  }

  take(): RawRow[] {
    const rows = this.#rows;
    this.#rows = [];
    return rows;
  }

  open(name: string, attributes: Record<string, string>): void {
    if (name === 'c') this.#openCell(attributes);
    else if (name === 'v' || name === 't') this.#listen();
    else if (name === 'row') this.#openRow(attributes.r);
    else if (name === 'f' && this.#cell !== null) this.#cell.hasFormula = true;
    else if (name === 'rPh') this.#phonetic += 1;
    else if (name === 'mergeCell') this.#merge(attributes.ref ?? '');
  }

  close(name: string): void {
    if (name === 'v' || name === 't') this.#listening = false;
    else if (name === 'c') this.#closeCell();
    else if (name === 'row') this.#closeRow();
    else if (name === 'rPh') this.#phonetic -= 1;
  }

  text(text: string): void {
    if (this.#listening && this.#cell !== null) this.#cell.value += text;
  }

  #listen(): void {
    if (this.#cell === null || this.#phonetic > 0) return;
    this.#listening = true;
    this.#cell.value ??= '';
  }

  #openRow(reference: string | undefined): void {
    const number = reference === undefined ? this.#number + 1 : Number(reference);
    if (!Number.isInteger(number) || number <= this.#number || number > SHEET_ROWS) {
      throw refusals.damaged('rows are out of order');
    }
    this.#number = number;
    this.#cells = [];
    this.#flags = null;
    this.#hasContent = false;
    this.#column = -1;
  }

  #openCell({ r: reference, t: type = 'n', s: style }: Record<string, string>): void {
    const column = reference === undefined ? this.#column + 1 : columnIndex(reference);
    if (column < 0 || column > LAST_COLUMN) throw refusals.damaged('a cell lies outside the sheet');
    this.#column = column;
    this.#cell = { type, style: style === undefined ? 0 : Number(style), value: null, hasFormula: false };
  }

  #closeCell(): void {
    const cell = this.#cell;
    this.#cell = null;
    if (cell === null || (cell.value === null && !cell.hasFormula)) return;
    const { text, flag } = contentOf(cell, this.#sources);
    if (text === '' && flag === null) return;
    const isBlank = flag === null && text.trim() === '';
    if (isBlank) return;
    if (this.#column >= this.#pass.maxColumns) throw refusals.tooManyColumns(this.#pass.maxColumns);
    while (this.#cells.length < this.#column) this.#cells.push('');
    this.#cells[this.#column] = text;
    this.#hasContent = true;
    if (flag === null) return;
    this.#flags ??= new Map();
    this.#flags.set(this.#column, flag);
  }

  #closeRow(): void {
    if (!this.#hasContent) return;
    this.#rows.push({ number: this.#number, cells: this.#cells, flags: this.#flags ?? NO_FLAGS });
  }

  #merge(reference: string): void {
    const [first = '', last = first] = reference.split(':');
    const range: MergedRange = {
      firstRow: rowOf(first),
      lastRow: rowOf(last),
      firstColumn: columnIndex(first),
      lastColumn: columnIndex(last),
    };
    const isSound = range.firstRow > 0 && range.lastRow >= range.firstRow && range.firstColumn >= 0;
    if (!isSound || range.lastColumn < range.firstColumn) return;
    this.#pass.merged.push(range);
    if (this.#pass.merged.length > MAX_MERGED) throw refusals.damaged('too many merged ranges');
  }
}

const rowOf = (reference: string): number => Number(/\d{1,7}$/.exec(reference)?.[0] ?? 0);
