/** In place of a value: all of them together. */
export const ALL = '';

/** A value that the graph could not tell. */
export const UNKNOWN = '?';

/** Rows that one line of a table sums up: by their first values, ALL for the others. */
export type Group<Row> = { values: readonly string[]; rows: readonly Row[] };

/** Every value before those of it: the whole first, then each part before its own parts; as deep as so many values. */
export const groupsOf = <Row>(
  rows: readonly Row[],
  valuesOf: (row: Row) => readonly string[],
  depth: number,
  above: readonly string[] = [],
): Group<Row>[] => {
  const at = above.length;
  const values = Array.from({ length: depth }, (_, index) => above[index] ?? ALL);
  if (at === depth) return [{ values, rows }];
  const parts = [...Map.groupBy(rows, (row) => valuesOf(row)[at] || UNKNOWN)];
  return [
    { values, rows },
    ...parts.flatMap(([value, part]) => groupsOf(part, valuesOf, depth, [...above, value])),
  ];
};

/** Whether a line sums up others below it. */
export const isSum = ({ values }: { values: readonly string[] }): boolean => values.includes(ALL);
