import type { UnitFact } from '#libs/contracts/events/organization.ts';
import { type Block, blocksOfRange, gapsIn, type PlaceRange } from '../stock/blocks.ts';

/** A unit that is counted as one, with the blocks of the tree that it manages. */
export type Part = { unit: string; blocks: readonly Block[] };

/** What a table counts: units as a whole, and ranges in which every school is counted for itself. */
export type Parts = { units: readonly Part[]; schoolsIn: readonly PlaceRange[] };

const byCode = (a: UnitFact, b: UnitFact): number => (a.code < b.code ? -1 : 1);

/** The scope as a whole. */
export const wholeOf = (scope: string, range: PlaceRange): Parts => ({
  units: [{ unit: scope, blocks: blocksOfRange(range) }],
  schoolsIn: [],
});

/** Units directly below another one. */
export const unitsBelow = (scope: string, units: Iterable<UnitFact>): UnitFact[] =>
  [...units].filter((unit) => unit.parent === scope).sort(byCode);

/** The level below the scope: its units, and one by one the schools that it runs itself. */
export const levelBelow = (scope: string, range: PlaceRange, units: Iterable<UnitFact>): Parts => {
  const below = unitsBelow(scope, units);
  return {
    units: below.map((unit) => ({ unit: unit.code, blocks: blocksOfRange(unit) })),
    schoolsIn: gapsIn(range, below),
  };
};
