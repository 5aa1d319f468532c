import type { IsoDate } from '../dates.ts';
import { type Finding, finding, type LawPlace } from '../finding.ts';
import { closeCircles } from './suppression-graph.ts';

/** A table of counts: rows of equal length, without totals. */
export type CountTable = readonly (readonly number[])[];

/** A count, or null where it is not published. */
export type PublishedCount = number | null;

/** A table as it may be published. One mark for both kinds of suppression, or the mark itself would tell. */
export type PublishedTable = {
  cells: PublishedCount[][];
  rowTotals: PublishedCount[];
  columnTotals: PublishedCount[];
  total: PublishedCount;
};

/** How an unpublished count is shown, with its note. */
export const SUPPRESSED = { text: '<10*', note: '*：少于10，或为防止由合计推算而不公布。' } as const;

/** A table this size is a programming mistake, not a publication. */
const MOST_CELLS = 250_000;

/**
 * Suppresses every count below the threshold, totals too (STA-08), and then as few further counts as it takes that no
 * suppressed one can be worked out from the totals. Rows, columns and totals form the nodes of a graph, the suppressed
 * counts its edges; a count follows from the published ones exactly when its edge lies on no circle, so each edge is
 * closed into one by the detour over the smallest counts. Guards against recovery from the equations; that
 * counts are never negative still allows bounds, so hidden counts that sum to nothing are known to be none.
 * Throws RangeError for a table that is empty, ragged or holds anything but whole numbers from 0.
 */
export const suppressSmallCells = (table: CountTable, threshold = 10): PublishedTable => {
  const full = withTotals(table);
  const columns = full[0]?.length ?? 0;
  const counts = Float64Array.from(full.flat());
  const hidden = Uint8Array.from(counts, (count) => (count < threshold ? 1 : 0));
  closeCircles({ rows: full.length, columns, counts, hidden });
  const shown: PublishedCount[][] = full.map((row, at) =>
    row.map((count, column) => (hidden[at * columns + column] ? null : count)),
  );
  const last = shown.pop() ?? [];
  const total = last.pop() ?? null;
  return {
    cells: shown.map((row) => row.slice(0, -1)),
    rowTotals: shown.map((row) => row.at(-1) ?? null),
    columnTotals: last,
    total,
  };
};

/** A single count that is too small to be told (STA-08). */
export const judgeCount = (count: number, on: IsoDate, place: LawPlace, threshold = 10): Finding[] =>
  count >= threshold
    ? []
    : [
        finding('STA-08', {
          message: `该单元格少于${threshold}，不予公布。`,
          messageEn: `Counts below ${threshold} are not published.`,
          remedy: '请选择更大的统计范围。',
          on,
          place,
        }),
      ];

const withTotals = (table: CountTable): number[][] => {
  const width = table[0]?.length ?? 0;
  const sound = table.every(
    (row) => row.length === width && row.every((count) => Number.isInteger(count) && count >= 0),
  );
  if (width === 0 || !sound || table.length * width > MOST_CELLS) {
    throw new RangeError('a table has rows of one length with whole numbers from 0');
  }
  const rows = table.map((row) => [...row, sum(row)]);
  const columns = Array.from({ length: width + 1 }, (_, column) => sum(rows.map((row) => row[column] ?? 0)));
  return [...rows, columns];
};

const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);
