import { groupsOf } from './groups.ts';

type Counts = { count: number; entered: number | null; left: number | null; within: number | null };
type Row = Counts & { keys: readonly { value: string }[] };

/** A line of changes: how many in all, and what they were to the unit of the line. */
export type FlowLine = Counts & { values: readonly string[] };

const nothing: Counts = { count: 0, entered: 0, left: 0, within: 0 };

const sumOf = (rows: readonly Counts[]): Counts =>
  rows.reduce(
    (sum, row) => ({
      count: sum.count + row.count,
      entered: (sum.entered ?? 0) + (row.entered ?? 0),
      left: (sum.left ?? 0) + (row.left ?? 0),
      within: (sum.within ?? 0) + (row.within ?? 0),
    }),
    nothing,
  );

/**
 * The lines of a table of changes with their sums. The whole is taken as the graph gives it: a pupil who goes from one unit
 * below to another has left one and entered one, and stayed within the whole.
 */
export const flowLines = (depth: number, rows: readonly Row[], whole: readonly Counts[]): FlowLine[] => {
  const groups = groupsOf(rows, ({ keys }) => keys.map(({ value }) => value), depth);
  return groups.map((group, at) => ({
    values: group.values,
    ...(at === 0 ? sumOf(whole) : sumOf(group.rows)),
  }));
};
