import { MEASURES, measuresOf } from './attributes.ts';
import { blocksOfPlace, WIDTHS } from './blocks.ts';
import { isCounted, type Pupil } from './pupil.ts';

/** Whom a cell counts. `place` and `width` name the block of the tree. */
export type CellKey = {
  place: number;
  width: number;
  stage: string;
  gender: string;
  entryYearAdj: number;
  lastGrade: number;
  /** Instant from which the grade stands still; null while it runs. */
  frozenAt: string | null;
};

/** The numbers of a cell, or changes of them, in the order of MEASURES. */
export type Cell = CellKey & { counts: number[] };

/** A name for the cell, equal for equal keys. */
export const nameOf = (key: CellKey): string =>
  [key.place, key.width, key.stage, key.gender, key.entryYearAdj, key.lastGrade, key.frozenAt ?? ''].join(
    '|',
  );

/** The cell of the pupil's own school that counts it; none without a registration that counts. */
export const schoolCellOf = (pupil: Pupil | undefined): Cell | undefined => {
  if (!pupil?.registration || !isCounted(pupil.registration.status)) return undefined;
  const { stage, entryYearAdj, lastGrade, frozenAt, marks } = pupil.registration;
  const counts = MEASURES.map(() => 0);
  for (const at of measuresOf(pupil.registration, pupil)) counts[at] = 1;
  return {
    place: pupil.place,
    width: 1,
    stage,
    gender: marks.gender,
    entryYearAdj,
    lastGrade,
    frozenAt,
    counts,
  };
};

/** Every cell that counts the pupil: its school's and that of each wider block around it. */
export const cellsOf = (pupil: Pupil): Cell[] => {
  const cell = schoolCellOf(pupil);
  return cell === undefined ? [] : blocksOfPlace(cell.place).map((block) => ({ ...cell, ...block }));
};

/** Sums of cells that bear the same name. */
export class Sums<Each extends Cell> {
  readonly #cells = new Map<string, Each>();
  readonly #nameOf: (cell: Each) => string;

  constructor(name: (cell: Each) => string) {
    this.#nameOf = name;
  }

  add(cell: Each, sign: 1 | -1): void {
    const name = this.#nameOf(cell);
    const sum = this.#cells.get(name);
    if (sum === undefined) this.#cells.set(name, { ...cell, counts: cell.counts.map((n) => sign * n) });
    else for (const [at, n] of cell.counts.entries()) sum.counts[at] = (sum.counts[at] ?? 0) + sign * n;
  }

  nonZero(): Each[] {
    return [...this.#cells.values()].filter(({ counts }) => counts.some((n) => n !== 0));
  }
}

/** Cells of schools in every block around them, each level summed up from the one below: no zeros, sorted by block. */
export const rolledUp = <Each extends Cell>(schools: Sums<Each>, name: (cell: Each) => string): Each[] => {
  const all: Each[] = [];
  let level = schools.nonZero();
  for (const width of WIDTHS) {
    const sums = new Sums(name);
    for (const cell of level) sums.add({ ...cell, width, place: cell.place - (cell.place % width) }, 1);
    level = sums.nonZero();
    all.push(...level.toSorted((a, b) => a.place - b.place));
  }
  return all;
};
