import { minHeap } from './min-heap.ts';

/** An edge of the graph: the count in a row and a column of the table with its totals. */
export type Edge = { row: number; column: number };

/** The table with its totals and what of it is hidden. Rows are nodes 0 … rows-1, columns follow them. */
export type SuppressionGraph = {
  rows: number;
  columns: number;
  /** Counts, row by row. */
  counts: Float64Array;
  /** 1 where the count is hidden, row by row. */
  hidden: Uint8Array;
};

/** Totals are worth more to the reader than single counts, so hiding one costs so many times as much. */
const TOTAL_COSTS = 4;

/**
 * Hides as little more as it takes that every hidden count lies on a circle of hidden counts, so that no equation of
 * rows, columns and totals gives one away. Changes `hidden`.
 */
export const closeCircles = (graph: SuppressionGraph): void => {
  for (let open = bridges(graph); open.length > 0; open = bridges(graph)) {
    for (const edge of open) {
      for (const { row, column } of cheapestDetour(graph, edge))
        graph.hidden[row * graph.columns + column] = 1;
    }
  }
};

/** Hidden counts that lie on no circle (Tarjan's bridges, without recursion). */
export const bridges = (graph: SuppressionGraph): Edge[] => {
  const { rows, columns } = graph;
  const size = rows + columns;
  const order = new Int32Array(size);
  const lowest = new Int32Array(size);
  const cursor = new Int32Array(size);
  const found: Edge[] = [];
  let visited = 0;
  for (let root = 0; root < size; root += 1) {
    if (order[root]) continue;
    const path = [root];
    visited += 1;
    order[root] = lowest[root] = visited;
    for (let node = path.at(-1); node !== undefined; node = path.at(-1)) {
      const parent = path.at(-2);
      const next = nextNeighbour(graph, node, cursor);
      if (next === undefined) {
        path.pop();
        if (parent === undefined) continue;
        lowest[parent] = Math.min(lowest[parent] ?? 0, lowest[node] ?? 0);
        if ((lowest[node] ?? 0) > (order[parent] ?? 0)) found.push(edgeBetween(rows, parent, node));
      } else if (!order[next]) {
        visited += 1;
        order[next] = lowest[next] = visited;
        path.push(next);
      } else if (next !== parent) {
        lowest[node] = Math.min(lowest[node] ?? 0, order[next] ?? 0);
      }
    }
  }
  return found;
};

/**
 * The way from the edge's row to its column around the edge whose counts to be hidden are smallest in sum (Dijkstra);
 * what is hidden already costs nothing.
 */
const cheapestDetour = (graph: SuppressionGraph, around: Edge): Edge[] => {
  const { rows, columns } = graph;
  const target = rows + around.column;
  const best = new Float64Array(rows + columns).fill(Number.POSITIVE_INFINITY);
  const cameFrom = new Int32Array(rows + columns).fill(-1);
  const queue = minHeap();
  best[around.row] = 0;
  queue.push(around.row, 0);
  for (let step = queue.pop(); step && step.node !== target; step = queue.pop()) {
    const { node, cost } = step;
    if (cost > (best[node] ?? 0)) continue;
    const [from, to] = node < rows ? [rows, rows + columns] : [0, rows];
    for (let next = from; next < to; next += 1) {
      const edge = edgeBetween(rows, node, next);
      if (edge.row === around.row && edge.column === around.column) continue;
      const price = cost + costOf(graph, edge);
      if (price >= (best[next] ?? 0)) continue;
      best[next] = price;
      cameFrom[next] = node;
      queue.push(next, price);
    }
  }
  return wayTo(target, cameFrom, rows);
};

const wayTo = (target: number, cameFrom: Int32Array, rows: number): Edge[] => {
  const edges: Edge[] = [];
  let node = target;
  for (let before = cameFrom[node] ?? -1; before >= 0; before = cameFrom[node] ?? -1) {
    edges.push(edgeBetween(rows, before, node));
    node = before;
  }
  return edges;
};

const nextNeighbour = (graph: SuppressionGraph, node: number, cursor: Int32Array): number | undefined => {
  const { rows, columns, hidden } = graph;
  const isRow = node < rows;
  const end = isRow ? columns : rows;
  for (let at = cursor[node] ?? 0; at < end; at += 1) {
    const index = isRow ? node * columns + at : at * columns + (node - rows);
    if (hidden[index]) {
      cursor[node] = at + 1;
      return isRow ? rows + at : at;
    }
  }
  cursor[node] = end;
  return undefined;
};

const costOf = ({ rows, columns, counts, hidden }: SuppressionGraph, { row, column }: Edge): number => {
  const index = row * columns + column;
  if (hidden[index]) return 0;
  const isTotal = row === rows - 1 || column === columns - 1;
  return ((counts[index] ?? 0) + 1) * (isTotal ? TOTAL_COSTS : 1);
};

const edgeBetween = (rows: number, a: number, b: number): Edge => ({
  row: Math.min(a, b),
  column: Math.max(a, b) - rows,
});
