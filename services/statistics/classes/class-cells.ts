import { type Band, bandOf } from '#libs/contracts/class-sizes.ts';
import { blocksOfPlace } from '../stock/blocks.ts';
import type { SchoolClass } from './seats.ts';

/** Classes of one size in a block of the tree, by the cohort that sits in them; or changes of these numbers. */
export type ClassCell = {
  place: number;
  width: number;
  stage: string;
  entryYearAdj: number;
  lastGrade: number;
  band: Band;
  classes: number;
  pupils: number;
};

const nameOf = ({ place, width, stage, entryYearAdj, lastGrade, band }: ClassCell): string =>
  `${place}|${width}|${stage}|${entryYearAdj}|${lastGrade}|${band}`;

const cellsOf = (known: SchoolClass | undefined, sign: 1 | -1): ClassCell[] => {
  const band = known && bandOf(known.size);
  if (known === undefined || band === undefined) return [];
  const { place, stage, entryYearAdj, lastGrade, size } = known;
  return blocksOfPlace(place).map((block) => ({
    ...block,
    ...{ stage, entryYearAdj, lastGrade, band, classes: sign, pupils: sign * size },
  }));
};

/** What changes of classes add to the cells, summed up: no zeros, one entry a cell, sorted by block. */
export const classDeltas = (
  changes: readonly { before: SchoolClass | undefined; after: SchoolClass }[],
): ClassCell[] => {
  const sums = new Map<string, ClassCell>();
  for (const { before, after } of changes) {
    for (const cell of [...cellsOf(before, -1), ...cellsOf(after, 1)]) {
      const name = nameOf(cell);
      const sum = sums.get(name);
      sums.set(
        name,
        sum === undefined
          ? cell
          : { ...sum, classes: sum.classes + cell.classes, pupils: sum.pupils + cell.pupils },
      );
    }
  }
  return [...sums.values()]
    .filter(({ classes, pupils }) => classes !== 0 || pupils !== 0)
    .sort((a, b) => a.width - b.width || a.place - b.place);
};
