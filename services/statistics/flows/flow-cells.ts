import { blocksOfPlace } from '../stock/blocks.ts';
import type { Flow } from './flow.ts';

/** What a flow is to a block of the tree: into it, out of it, or inside it. */
export type Direction = 'IN' | 'OUT' | 'WITHIN';

/** How many of a kind went into a block, out of it or about in it on a day. */
export type FlowCell = Pick<
  Flow,
  'day' | 'kind' | 'stage' | 'gender' | 'entryYearAdj' | 'lastGrade' | 'frozenAt'
> & { width: number; place: number; direction: Direction; n: number };

/** How many went from one block to another of the same width on a day. */
export type FlowPair = {
  width: number;
  source: number;
  target: number;
  day: string;
  kind: string;
  n: number;
};

const summed = <Each extends { n: number }>(all: readonly Each[], nameOf: (each: Each) => string): Each[] => {
  const sums = new Map<string, Each>();
  for (const each of all) {
    const name = nameOf(each);
    const sum = sums.get(name);
    if (sum === undefined) sums.set(name, { ...each });
    else sum.n += each.n;
  }
  return [...sums.values()];
};

const cellsOf = ({ source, target, ...flow }: Flow): FlowCell[] => {
  const { day, kind, stage, gender, entryYearAdj, lastGrade, frozenAt } = flow;
  const what = { day, kind, stage, gender, entryYearAdj, lastGrade, frozenAt, n: 1 };
  const [left, entered] = [source, target].map((seat) => (seat === null ? [] : blocksOfPlace(seat.place)));
  const cells: FlowCell[] = [];
  for (const block of left ?? []) {
    const isWithin = entered?.some((each) => each.place === block.place && each.width === block.width);
    cells.push({ ...what, ...block, direction: isWithin ? 'WITHIN' : 'OUT' });
  }
  for (const block of entered ?? []) {
    const isWithin = left?.some((each) => each.place === block.place && each.width === block.width);
    if (!isWithin) cells.push({ ...what, ...block, direction: 'IN' });
  }
  return cells;
};

/** What flows add to the cells of every block that they touch, one entry a cell, sorted by block. */
export const flowCellsOf = (flows: readonly Flow[]): FlowCell[] =>
  summed(flows.flatMap(cellsOf), (cell) =>
    [
      ...[cell.width, cell.place, cell.day, cell.kind, cell.direction, cell.stage, cell.gender],
      ...[cell.entryYearAdj, cell.lastGrade, cell.frozenAt ?? ''],
    ].join('|'),
  ).sort((a, b) => a.width - b.width || a.place - b.place);

const pairsOf = ({ day, kind, source, target, origin }: Flow): FlowPair[] => {
  const from = origin ?? source?.place;
  if (from === undefined || target === null) return [];
  const there = blocksOfPlace(target.place);
  return blocksOfPlace(from).flatMap(({ place, width }, at) => {
    const other = there[at]?.place ?? place;
    return other === place ? [] : [{ width, source: place, target: other, day, kind, n: 1 }];
  });
};

/** From where to where, for every width of blocks that are two: the matrix of origins and destinations. */
export const flowPairsOf = (flows: readonly Flow[]): FlowPair[] =>
  summed(flows.flatMap(pairsOf), (pair) =>
    [pair.width, pair.source, pair.target, pair.day, pair.kind].join('|'),
  ).sort((a, b) => a.width - b.width || a.source - b.source || a.target - b.target);
