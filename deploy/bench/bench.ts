/** One figure of a benchmark with what it should be. */
export type Measure = {
  name: string;
  value: number;
  unit: string;
  /** What is aimed at: `>= 500`, `< 1000`. */
  aim: string;
  holds: boolean;
};

/** What benchmarks may be asked for; each uses what concerns it. */
export type BenchOptions = {
  /** For how long a load is kept up, where it is kept up. */
  seconds: number | undefined;
  /** Rows of an imported workbook. */
  rows: number | undefined;
  /** Pupils of the demo nation. */
  scale: number | undefined;
  /** One process for each service. */
  processes: boolean;
};

export type BenchContext = {
  options: BenchOptions;
  /** Tells the person at the terminal: conditions, progress. */
  say(line: string): void;
  /** Aborted when the person gives up. */
  signal: AbortSignal;
};

/** A benchmark: starts and stops what it needs, on a data folder and ports of its own. */
export type Bench = {
  name: string;
  summary: string;
  run(context: BenchContext): Promise<Measure[]>;
};

const rounded = (value: number): number => Number(value.toPrecision(4));

export const atLeast = (name: string, value: number, unit: string, aim: number): Measure => ({
  name,
  value: rounded(value),
  unit,
  aim: `>= ${aim}`,
  holds: value >= aim,
});

export const noMoreThan = (name: string, value: number, unit: string, aim: number): Measure => ({
  name,
  value: rounded(value),
  unit,
  aim: `<= ${aim}`,
  holds: value <= aim,
});

export const below = (name: string, value: number, unit: string, aim: number): Measure => ({
  name,
  value: rounded(value),
  unit,
  aim: `< ${aim}`,
  holds: value < aim,
});
