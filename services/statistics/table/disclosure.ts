import { enforces } from '#libs/law/enforces.ts';
import {
  type CountTable,
  type PublishedCount,
  type PublishedTable,
  SUPPRESSED,
  suppressSmallCells,
} from '#libs/law/statistics/suppression.ts';
import type { PlaceRange } from '../stock/blocks.ts';

/** EXACT: the unit itself, its authority or a unit above it. PUBLISHED: everybody else. */
export type Reader = 'EXACT' | 'PUBLISHED';

/** Who somebody is to a scope; `own` is the range that the reader's unit manages, absent for those without one. */
export const readerOf = (own: PlaceRange | undefined, scope: PlaceRange): Reader =>
  own !== undefined && own.lo <= scope.lo && scope.hi <= own.hi ? 'EXACT' : 'PUBLISHED';

const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);

const exact = (table: CountTable): PublishedTable => {
  const rowTotals = table.map(sum);
  const width = table[0]?.length ?? 0;
  return {
    cells: table.map((row) => [...row]),
    rowTotals,
    columnTotals: Array.from({ length: width }, (_, at) => sum(table.map((row) => row[at] ?? 0))),
    total: sum(rowTotals),
  };
};

/** The table as the reader may see it: the only way for counts to leave this service (STA-08). */
export const disclose = (table: CountTable, reader: Reader): PublishedTable => {
  enforces('STA-08');
  if (reader === 'EXACT') return exact(table);
  if (table.length === 0 || table[0]?.length === 0) {
    return { cells: [], rowTotals: [], columnTotals: [], total: null };
  }
  return suppressSmallCells(table);
};

/** How a count is shown. */
export const shown = (count: PublishedCount): { count: number | null; display: string } => ({
  count,
  display: count === null ? SUPPRESSED.text : String(count),
});
