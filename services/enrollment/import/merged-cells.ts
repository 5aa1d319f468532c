import type { MergedRange } from './reading/table.ts';

type Span = { first: number; last: number };

/**
 * Cells that a merged range has emptied: all of it but its first cell. Kept per column as disjoint spans of rows,
 * so that asking stays quick however many ranges a file has.
 */
export class MergedCells {
  readonly #spans: ReadonlyMap<number, readonly Span[]>;

  constructor(ranges: readonly MergedRange[], columns: readonly number[]) {
    const spans = new Map<number, Span[]>();
    for (const column of ranges.length === 0 ? [] : columns) {
      const inColumn = ranges.flatMap((range) => spanIn(range, column));
      if (inColumn.length > 0) spans.set(column, joined(inColumn));
    }
    this.#spans = spans;
  }

  /** True when the cell was emptied by a merge. Row from 1, column from 0. */
  covers(row: number, column: number): boolean {
    const spans = this.#spans.get(column);
    if (spans === undefined) return false;
    let low = 0;
    let high = spans.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const span = spans[middle];
      if (span === undefined) return false;
      if (row < span.first) high = middle - 1;
      else if (row > span.last) low = middle + 1;
      else return true;
    }
    return false;
  }
}

function spanIn(range: MergedRange, column: number): Span[] {
  if (column < range.firstColumn || column > range.lastColumn) return [];
  const first = column === range.firstColumn ? range.firstRow + 1 : range.firstRow;
  return first > range.lastRow ? [] : [{ first, last: range.lastRow }];
}

function joined(spans: Span[]): Span[] {
  const result: Span[] = [];
  for (const span of spans.toSorted((a, b) => a.first - b.first)) {
    const last = result.at(-1);
    if (last !== undefined && span.first <= last.last + 1) last.last = Math.max(last.last, span.last);
    else result.push({ ...span });
  }
  return result;
}
