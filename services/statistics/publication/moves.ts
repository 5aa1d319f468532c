import { type Cell, cellOf, nameOf, type Outline, type PublishedUnit, type Vocabulary } from './cells.ts';
import type { Pattern, Sign } from './pattern.ts';

/**
 * A way to another population of which every published relation between counts holds as well: by so many pupils more or
 * fewer, all alike, each named cell goes up or down, and no other does.
 */
export type Move = ReadonlyMap<string, Sign>;

/** A move and what it costs that every count of it looks the same. */
type PricedMove = { move: Move; cost: number };

type Choice = { into: readonly Cell[]; out: readonly Cell[] };

/** Grade and gender of pupils within a stage. */
type Position = { grade: string; gender: string };

/** The cells that go up and down: those in both stay. */
const moveOf = ({ into, out }: Choice): Move => {
  const move = new Map<string, Sign>(out.map((cell) => [nameOf(cell), -1]));
  for (const cell of into) {
    const name = nameOf(cell);
    if (!move.delete(name)) move.set(name, 1);
  }
  return move;
};

/** What a move costs; infinite as soon as it is no less than `bound`. */
const costOf = (pattern: Pattern, move: Move, bound: number): number => {
  let cost = 0;
  for (const [name, sign] of move) {
    cost += pattern.cost(name, sign);
    if (cost >= bound) return Number.POSITIVE_INFINITY;
  }
  return cost;
};

/** The first of the choices that cost least; nothing where none can be had. */
const cheapest = (pattern: Pattern, choices: Iterable<Choice>): PricedMove | undefined => {
  let best: PricedMove | undefined;
  for (const choice of choices) {
    const move = moveOf(choice);
    const cost = costOf(pattern, move, best?.cost ?? Number.POSITIVE_INFINITY);
    if (Number.isFinite(cost)) best = { move, cost };
    if (best?.cost === 0) return best;
  }
  return best;
};

const positionsOf = (stage: string, { grades, genders }: Vocabulary): Position[] =>
  (grades[stage] ?? []).flatMap((grade) => genders.map((gender) => ({ grade, gender })));

/** The cells of a stage that pupils in a grade and of a gender count in, besides those of the stage itself. */
const cellsAt = (units: readonly PublishedUnit[], stage: string, { grade, gender }: Position): Cell[] =>
  units.flatMap(({ id }) => [
    cellOf(id, { gender }),
    cellOf(id, { stage, gender }),
    cellOf(id, { stage, grade }),
    cellOf(id, { stage, grade, gender }),
  ]);

const cellsWith = (
  units: readonly PublishedUnit[],
  stage: string,
  attribute: string,
  value: string,
): Cell[] =>
  units.flatMap(({ id }) => [cellOf(id, { attribute, value }), cellOf(id, { stage, attribute, value })]);

const fits = ({ grade, gender }: Cell, at: Position): boolean =>
  (grade === '' || grade === at.grade) && (gender === '' || gender === at.gender);

/** Finds, for a cell, the move that raises it and costs least. */
export class Moves {
  readonly #pattern: Pattern;
  readonly #vocabulary: Vocabulary;
  readonly #units: ReadonlyMap<string, PublishedUnit>;
  readonly #below: ReadonlyMap<string, readonly PublishedUnit[]>;

  constructor(pattern: Pattern, { units, vocabulary }: Outline) {
    this.#pattern = pattern;
    this.#vocabulary = vocabulary;
    this.#units = new Map(units.map((unit) => [unit.id, unit]));
    this.#below = Map.groupBy(
      units.filter(({ parent }) => parent !== null),
      ({ parent }) => parent ?? '',
    );
  }

  cheapestRaising(cell: Cell): Move {
    const found = cheapest(this.#pattern, this.#choicesRaising(cell));
    if (found === undefined) throw new RangeError('a cell that nobody can join');
    return found.move;
  }

  *#choicesRaising(cell: Cell): Iterable<Choice> {
    const stages = cell.stage === '' ? Object.keys(this.#vocabulary.grades) : [cell.stage];
    for (const stage of stages) yield* this.#additions(cell, stage);
    for (const stage of stages) yield* this.#exchanges(cell, stage);
  }

  /** Pupils of one unit and stage become others: the totals of units and stages stay. */
  *#exchanges(cell: Cell, stage: string): Iterable<Choice> {
    if (cell.attribute === '' && cell.grade === '' && cell.gender === '') return;
    for (const units of this.#detailedPaths(cell.unit)) {
      if (cell.attribute === '') yield* this.#exchangesOfPosition(units, cell, stage);
      else yield* this.#exchangesOfValue(units, cell, stage);
    }
  }

  *#exchangesOfPosition(units: readonly PublishedUnit[], cell: Cell, stage: string): Iterable<Choice> {
    const positions = positionsOf(stage, this.#vocabulary);
    const sources = positions
      .filter((at) => !fits(cell, at))
      .map((at) => cellsAt(units, stage, at))
      .filter((out) => this.#canLose(out));
    if (sources.length === 0) return;
    for (const to of positions.filter((at) => fits(cell, at))) {
      const into = cellsAt(units, stage, to);
      for (const out of sources) yield { into, out };
    }
  }

  *#exchangesOfValue(
    units: readonly PublishedUnit[],
    { attribute, value }: Cell,
    stage: string,
  ): Iterable<Choice> {
    const into = cellsWith(units, stage, attribute, value);
    for (const other of this.#vocabulary.attributes[attribute] ?? []) {
      const out = cellsWith(units, stage, attribute, other);
      if (other !== value && this.#canLose(out)) yield { into, out };
    }
  }

  #canLose(cells: readonly Cell[]): boolean {
    return cells.every((cell) => !this.#pattern.isSmall(nameOf(cell)));
  }

  /** Pupils come to a unit and stage who were nowhere before. */
  *#additions(cell: Cell, stage: string): Iterable<Choice> {
    for (const path of this.#wholePaths(cell.unit, stage)) {
      const detailed = path.filter(({ detail }) => detail === 'ALL');
      const positions = positionsOf(stage, this.#vocabulary).filter((at) => fits(cell, at));
      const into = [
        ...path.flatMap(({ id }) => [cellOf(id), cellOf(id, { stage })]),
        ...this.#best(positions.map((at) => cellsAt(detailed, stage, at))),
        ...Object.entries(this.#vocabulary.attributes).flatMap(([attribute, values]) =>
          this.#best(
            values
              .filter((value) => cell.attribute !== attribute || cell.value === value)
              .map((value) => cellsWith(detailed, stage, attribute, value)),
          ),
        ),
      ];
      yield { into, out: [] };
    }
  }

  /** The alternative whose cells may go up at the least cost. */
  #best(alternatives: readonly Cell[][]): Cell[] {
    const best = cheapest(
      this.#pattern,
      alternatives.map((into) => ({ into, out: [] })),
    );
    return alternatives.find((cells) => cells.every((cell) => best?.move.has(nameOf(cell)))) ?? [];
  }

  /** The unit and those whose figures hold it, up to the nation. */
  #upwards(id: string): PublishedUnit[] {
    const unit = this.#units.get(id);
    if (unit === undefined) return [];
    return unit.parent === null ? [unit] : [unit, ...this.#upwards(unit.parent)];
  }

  #belowInDetail(id: string): PublishedUnit[] {
    return (this.#below.get(id) ?? []).filter(({ detail }) => detail === 'ALL');
  }

  /** Units of a path in whose detailed figures a pupil of the unit counts: one for each unit that is told in detail below it. */
  #detailedPaths(id: string): PublishedUnit[][] {
    const below = this.#belowInDetail(id);
    const starts = below.length === 0 ? [id] : below.map((unit) => unit.id);
    return starts.map((start) => this.#upwards(start));
  }

  /** Paths from the units that are told by stage alone up to the nation, the one that costs least for each unit told in detail. */
  #wholePaths(id: string, stage: string): PublishedUnit[][] {
    const below = this.#belowInDetail(id);
    const starts = below.length === 0 ? [id] : below.map((unit) => unit.id);
    return starts.map((start) => this.#upwards(this.#cheapestLeaf(start, stage)));
  }

  #cheapestLeaf(id: string, stage: string): string {
    const leaves = (this.#below.get(id) ?? []).filter(({ detail }) => detail === 'STAGES');
    const [best] = this.#best(leaves.map((leaf) => [cellOf(leaf.id), cellOf(leaf.id, { stage })]));
    return best?.unit ?? id;
  }
}
