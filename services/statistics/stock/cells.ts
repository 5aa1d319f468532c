import { type CountedBy, valuesOf } from './attributes.ts';
import { blocksOfPlace } from './blocks.ts';
import { isCounted, type Pupil } from './pupil.ts';

/** What a count is kept for. `place` and `width` name the block of the tree. */
export type CellKey = {
  place: number;
  width: number;
  attribute: CountedBy;
  value: string;
  stage: string;
  gender: string;
  entryYearAdj: number;
  lastGrade: number;
  /** Instant from which the grade stands still; null while it runs. */
  frozenAt: string | null;
};

/** A count, or a change of it. */
export type Cell = CellKey & { n: number };

/** A name for the cell, equal for equal keys. */
export const nameOf = (key: CellKey): string =>
  [
    key.place,
    key.width,
    key.attribute,
    key.value,
    key.stage,
    key.gender,
    key.entryYearAdj,
    key.lastGrade,
    key.frozenAt ?? '',
  ].join('|');

/** The cells of the pupil's own school that count it; none without a registration that counts. */
const schoolCellsOf = (pupil: Pupil | undefined): CellKey[] => {
  if (!pupil?.registration || !isCounted(pupil.registration.status)) return [];
  const { stage, entryYearAdj, lastGrade, frozenAt, marks } = pupil.registration;
  return valuesOf(pupil.registration, pupil).map(([attribute, value]) => ({
    place: pupil.place,
    width: 1,
    attribute,
    value,
    stage,
    gender: marks.gender,
    entryYearAdj,
    lastGrade,
    frozenAt,
  }));
};

/** Every cell that counts the pupil: its school and each wider block around it. */
export const cellsOf = (pupil: Pupil): CellKey[] =>
  schoolCellsOf(pupil).flatMap((cell) => blocksOfPlace(pupil.place).map((block) => ({ ...cell, ...block })));

class Sums {
  readonly #cells = new Map<string, Cell>();

  add(key: CellKey, n: number): void {
    const name = nameOf(key);
    const cell = this.#cells.get(name);
    if (cell === undefined) this.#cells.set(name, { ...key, n });
    else cell.n += n;
  }

  nonZero(): Cell[] {
    return [...this.#cells.values()].filter((cell) => cell.n !== 0);
  }
}

/** Before and after of one person. */
export type Change = { before: Pupil | undefined; after: Pupil };

/** What changes of persons add to the cells, summed up: no zeros, one entry a cell, sorted by block. */
export const deltasOf = (changes: readonly Change[]): Cell[] => {
  const schools = new Sums();
  for (const { before, after } of changes) {
    for (const key of schoolCellsOf(before)) schools.add(key, -1);
    for (const key of schoolCellsOf(after)) schools.add(key, 1);
  }
  const all = new Sums();
  for (const cell of schools.nonZero()) {
    for (const block of blocksOfPlace(cell.place)) all.add({ ...cell, ...block }, cell.n);
  }
  return all.nonZero().sort((a, b) => a.width - b.width || a.place - b.place);
};
