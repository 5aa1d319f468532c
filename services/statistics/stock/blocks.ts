import type { OrgLevel } from '#libs/contracts/vocabulary.ts';

/**
 * A block of the management tree: `width` places from `place` on, aligned to its width. Places are numbered so that
 * a school is a block of one place, a unit's own slot one of 100,000, and the intervals of cities, provinces and the
 * nation are the next wider ones. Counts are kept by block: which unit manages a block is asked when they are read,
 * so it does not matter whether the unit was known when the pupil was counted, or whether it changed since.
 */
export type Block = { place: number; width: number };

/** Places from the first to the last, both included. */
export type PlaceRange = { lo: number; hi: number };

/** Widths that counts are kept for: school, own slot of a unit (a county's all), city, province, nation. */
export const WIDTHS = [1, 100_000, 10_000_000, 1_000_000_000, 100_000_000_000] as const;

/** The level of a unit by the block that it manages; a place that is no unit's own is a school's. */
const LEVELS: readonly (readonly [width: number, level: OrgLevel])[] = [
  [100_000_000_000, 'MINISTRY'],
  [1_000_000_000, 'PROVINCE'],
  [10_000_000, 'CITY'],
  [100_000, 'COUNTY'],
];

/** The level of whoever stands at a place: a unit stands at the first place of the widest block that begins there. */
export const levelAt = (place: number): OrgLevel =>
  LEVELS.find(([width]) => place % width === 0)?.[1] ?? 'SCHOOL';

const ascending: readonly number[] = WIDTHS;
const descending: readonly number[] = WIDTHS.toReversed();

/** The blocks that a place lies in, one of each width, the smallest first. */
export const blocksOfPlace = (place: number): Block[] =>
  ascending.map((width) => ({ place: place - (place % width), width }));

/** The fewest blocks that together are exactly the range: one for every unit and school of the tree. */
export const blocksOfRange = ({ lo, hi }: PlaceRange): Block[] => {
  const blocks: Block[] = [];
  for (let place = lo; place <= hi; ) {
    const left = hi - place + 1;
    const width = descending.find((candidate) => place % candidate === 0 && candidate <= left) ?? 1;
    blocks.push({ place, width });
    place += width;
  }
  return blocks;
};

/** What of the range lies in none of the parts; parts may lie outside of it. */
export const gapsIn = (range: PlaceRange, parts: readonly PlaceRange[]): PlaceRange[] => {
  const gaps: PlaceRange[] = [];
  let next = range.lo;
  for (const part of parts.toSorted((a, b) => a.lo - b.lo)) {
    if (part.lo > range.hi) break;
    if (part.lo > next) gaps.push({ lo: next, hi: part.lo - 1 });
    next = Math.max(next, part.hi + 1);
  }
  if (next <= range.hi) gaps.push({ lo: next, hi: range.hi });
  return gaps;
};
