import highsModule from 'highs';

/** The package declares for its module what Node gives as its default. */
const loadHighs = highsModule as unknown as typeof highsModule.default;

/** A table as it was published. */
export type Told = {
  table: string;
  scope: string;
  dimensions: readonly string[];
  rows: readonly {
    keys: readonly { dimension: string; value: string }[];
    count: number | null;
    roundedTo: number | null;
  }[];
};

/** What can be told of one count that is not published: the least and the most that it can be. */
export type Bounds = { quantity: string; least: number; most: number };

/** Names what a row counts, equal in every table that shows it. */
export const quantityOf = (scope: string, keys: Told['rows'][number]['keys']): string => {
  const unit = keys.find(({ dimension }) => dimension === 'UNIT')?.value;
  const values = keys
    .filter(({ dimension }) => dimension !== 'UNIT')
    .map(({ dimension, value }) => `${dimension}=${value}`)
    .sort();
  return [unit === undefined ? scope : unit === scope ? `rest of ${scope}` : unit, ...values].join('|');
};

type Equation = Map<number, number>;

/** More than there are people: the most that an attacker assumes of anything. */
const EVERYBODY = 1e8;

/** The linear system that somebody can write down who has all published tables and nothing else. */
class System {
  readonly least: number[] = [];
  readonly most: number[] = [];
  readonly equations: Equation[] = [];
  readonly #numbers = new Map<string, number>();

  get quantities(): [string, number][] {
    return [...this.#numbers];
  }

  of(quantity: string): number {
    const known = this.#numbers.get(quantity);
    if (known !== undefined) return known;
    const at = this.#numbers.size;
    this.#numbers.set(quantity, at);
    this.least.push(0);
    this.most.push(EVERYBODY);
    return at;
  }

  between(quantity: string, least: number, most: number): void {
    const at = this.of(quantity);
    this.least[at] = Math.max(this.least[at] ?? 0, least);
    this.most[at] = Math.min(this.most[at] ?? 0, most);
  }

  sums(total: string, parts: readonly string[]): void {
    if (parts.length === 0) return;
    const equation: Equation = new Map([[this.of(total), -1]]);
    for (const part of parts) equation.set(this.of(part), (equation.get(this.of(part)) ?? 0) + 1);
    this.equations.push(equation);
  }
}

/** Within one table a row is the sum of those that name one dimension more. */
const addUp = (system: System, { dimensions, rows }: Told, scope: string): void => {
  for (const { keys } of rows) {
    for (const added of dimensions.filter((name) => !keys.some(({ dimension }) => dimension === name))) {
      const parts = rows.filter(
        (row) =>
          row.keys.length === keys.length + 1 &&
          row.keys.some(({ dimension }) => dimension === added) &&
          keys.every((key) =>
            row.keys.some((other) => other.dimension === key.dimension && other.value === key.value),
          ),
      );
      system.sums(
        quantityOf(scope, keys),
        parts.map((row) => quantityOf(scope, row.keys)),
      );
    }
  }
};

const systemOf = (tables: readonly Told[]): System => {
  const system = new System();
  for (const table of tables) {
    addUp(system, table, table.scope);
    for (const { keys, count, roundedTo } of table.rows) {
      if (count === null) system.of(quantityOf(table.scope, keys));
      else
        system.between(
          quantityOf(table.scope, keys),
          count - (roundedTo ?? 0) / 2,
          count + Math.max((roundedTo ?? 0) / 2 - 1, 0),
        );
    }
  }
  acrossUnits(system, tables);
  return system;
};

/** A table of the nation is the sum of those of the provinces and of what is in none of them. */
const acrossUnits = (system: System, tables: readonly Told[]): void => {
  for (const whole of tables.filter(({ dimensions }) => !dimensions.includes('UNIT'))) {
    const below = tables
      .find(({ scope, dimensions }) => scope === whole.scope && dimensions.includes('UNIT'))
      ?.rows.filter(({ keys }) => keys.length === 1 && keys[0]?.dimension === 'UNIT')
      .map(({ keys }) => keys[0]?.value ?? '');
    const parts = (below ?? []).filter((unit) => unit !== whole.scope);
    if (
      parts.length === 0 ||
      !parts.every((unit) => tables.some(({ table, scope }) => table === whole.table && scope === unit))
    )
      continue;
    const rest = `rest of ${whole.scope}`;
    addUp(system, whole, rest);
    for (const { keys } of whole.rows)
      system.sums(
        quantityOf(whole.scope, keys),
        [...parts, rest].map((unit) => quantityOf(unit, keys)),
      );
  }
};

/**
 * Works out, by linear programming over all tables of a month together and whatever else is `known` exactly, between which bounds
 * each unpublished count lies. Written against the tables alone: it shares nothing with what made them.
 */
export const attack = async (
  tables: readonly Told[],
  wanted: (quantity: string) => boolean,
  known: ReadonlyMap<string, number> = new Map(),
): Promise<Bounds[]> => {
  const system = systemOf(tables);
  for (const [quantity, count] of known) system.between(quantity, count, count);
  const highs = await loadHighs();
  const size = system.least.length;
  const starts = [0];
  const [indices, values]: [number[], number[]] = [[], []];
  for (const equation of system.equations) {
    for (const [at, factor] of equation) {
      indices.push(at);
      values.push(factor);
    }
    starts.push(indices.length);
  }
  const none = new Array<number>(system.equations.length).fill(0);
  const model = highs.createModel({
    ...{ numCols: size, numRows: system.equations.length },
    colCost: new Array<number>(size).fill(0),
    ...{ colLower: system.least, colUpper: system.most, rowLower: none, rowUpper: none },
    matrix: {
      ...{ format: 'csr', numCols: size, numRows: system.equations.length },
      ...{ starts, indices, values },
    },
  });
  try {
    model.options.set({ output_flag: false });
    const extreme = (at: number, sign: 1 | -1): number => {
      model.changeColCost(at, sign);
      model.run();
      const status = model.getModelStatus();
      const found = model.getObjectiveValue();
      model.changeColCost(at, 0);
      if (status === highs.constants.modelStatus.optimal) return sign * found;
      if (status === highs.constants.modelStatus.infeasible)
        throw new Error('the published tables contradict each other');
      return Number.POSITIVE_INFINITY;
    };
    return system.quantities
      .filter(([quantity]) => wanted(quantity))
      .map(([quantity, at]) => ({ quantity, least: extreme(at, 1), most: extreme(at, -1) }));
  } finally {
    model.dispose();
  }
};
