import { setImmediate } from 'node:timers/promises';
import { enforces } from '#libs/law/enforces.ts';
import { type Cell, cellsOf, nameOf, type Outline } from './cells.ts';
import { Moves } from './moves.ts';
import { Pattern, type Shown } from './pattern.ts';

/** After so many cells whatever else the process has to do gets its turn. */
const CELLS_AT_ONCE = 25;

const isTotal = ({ grade, gender, attribute }: Cell): boolean => `${grade}${gender}${attribute}` === '';

/**
 * How every count is shown to everybody (STA-08): counts under the threshold are hidden, and as much more is hidden or rounded
 * as it takes that none of them can be worked out from all tables together. For each hidden count one other population is
 * found in which it is a threshold higher and every published table reads the same; so what the tables bound it by is wider
 * than the threshold and does not end below it. In the other population pupils are other, or more, in that unit alone: whoever
 * knows the figures of all other units exactly learns no more.
 *
 * The population that costs least is taken, one count after the other: a good pattern, not the best one.
 */
export const protect = async (
  outline: Outline,
  counts: ReadonlyMap<string, number>,
  threshold: number,
): Promise<(name: string) => Shown> => {
  enforces('STA-08');
  const cells = cellsOf(outline);
  const pattern = new Pattern(counts, threshold, new Set(cells.filter(isTotal).map(nameOf)));
  const moves = new Moves(pattern, outline);
  for (const [at, cell] of cells.entries()) {
    if (at % CELLS_AT_ONCE === 0) await setImmediate();
    if (!pattern.isSmall(nameOf(cell))) continue;
    for (const [name, sign] of moves.cheapestRaising(cell)) pattern.bear(name, sign);
  }
  return (name) => pattern.shown(name);
};
