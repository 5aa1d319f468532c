/** An edge of the graph: the count in a row and a column of the table with its totals. */
export type Edge = { row: number; column: number };

type Step = { node: number; cost: number; via?: Edge; from?: Step };

/** True when the suppressed count lies on a circle of suppressed counts, so that no equation gives it away. */
export const isClosed = (hidden: readonly (readonly boolean[])[], row: number, column: number): boolean => {
  const rows = hidden.length;
  const seen = new Set<number>([row]);
  const open = [row];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    for (const next of neighbours(hidden, node, { row, column })) {
      if (next === rows + column) return true;
      if (!seen.has(next)) {
        seen.add(next);
        open.push(next);
      }
    }
  }
  return false;
};

/**
 * The counts to suppress besides, so that the edge lies on a circle: the path from its row to its column around it
 * whose newly suppressed counts are smallest in sum. Totals cost extra, for they are worth most to the reader.
 */
export const cheapestDetour = (
  counts: readonly (readonly number[])[],
  hidden: readonly (readonly boolean[])[],
  row: number,
  column: number,
): Edge[] => {
  const rows = counts.length;
  const done = new Set<number>();
  const best = new Map<number, Step>([[row, { node: row, cost: 0 }]]);
  for (let step = nearest(best, done); step; step = nearest(best, done)) {
    if (step.node === rows + column) return pathOf(step);
    done.add(step.node);
    for (const { node, edge } of edgesOf(counts, step.node)) {
      if (edge.row === row && edge.column === column) continue;
      const cost = step.cost + costOf(counts, hidden, edge);
      const known = best.get(node);
      if (!known || cost < known.cost) best.set(node, { node, cost, via: edge, from: step });
    }
  }
  return [];
};

const neighbours = (hidden: readonly (readonly boolean[])[], node: number, without: Edge): number[] => {
  const rows = hidden.length;
  const width = hidden[0]?.length ?? 0;
  const isUsable = (row: number, column: number) =>
    hidden[row]?.[column] === true && !(row === without.row && column === without.column);
  return node < rows
    ? range(width)
        .filter((column) => isUsable(node, column))
        .map((column) => rows + column)
    : range(rows).filter((row) => isUsable(row, node - rows));
};

const edgesOf = (counts: readonly (readonly number[])[], node: number): { node: number; edge: Edge }[] => {
  const rows = counts.length;
  return node < rows
    ? range(counts[0]?.length ?? 0).map((column) => ({ node: rows + column, edge: { row: node, column } }))
    : range(rows).map((row) => ({ node: row, edge: { row, column: node - rows } }));
};

const costOf = (
  counts: readonly (readonly number[])[],
  hidden: readonly (readonly boolean[])[],
  { row, column }: Edge,
): number => {
  if (hidden[row]?.[column]) return 0;
  const isTotal = row === counts.length - 1 || column === (counts[0]?.length ?? 0) - 1;
  return ((counts[row]?.[column] ?? 0) + 1) * (isTotal ? 4 : 1);
};

const nearest = (best: ReadonlyMap<number, Step>, done: ReadonlySet<number>): Step | undefined => {
  let found: Step | undefined;
  for (const step of best.values())
    if (!done.has(step.node) && (!found || step.cost < found.cost)) found = step;
  return found;
};

const pathOf = (end: Step): Edge[] => {
  const edges: Edge[] = [];
  for (let step: Step | undefined = end; step?.via; step = step.from) edges.push(step.via);
  return edges;
};

const range = (length: number): number[] => Array.from({ length }, (_, at) => at);
