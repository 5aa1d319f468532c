/** A unit whose figures are published: with grades, genders and attributes, or by stage alone. */
export type PublishedUnit = {
  id: string;
  /** The unit in whose figures these are; null for the nation. */
  parent: string | null;
  detail: 'ALL' | 'STAGES';
};

/** Every value that a published table has a row for, whether anybody has it or not: a missing row would tell. */
export type Vocabulary = {
  /** Grades of each stage. */
  grades: Readonly<Record<string, readonly string[]>>;
  genders: readonly string[];
  attributes: Readonly<Record<string, readonly string[]>>;
};

/** What is published of whom. */
export type Outline = { units: readonly PublishedUnit[]; vocabulary: Vocabulary };

/** One published count: the pupils of a unit with these values; the empty text stands for all. */
export type Cell = {
  unit: string;
  stage: string;
  grade: string;
  gender: string;
  attribute: string;
  value: string;
};

const all = { stage: '', grade: '', gender: '', attribute: '', value: '' };

/** The cell of a unit with the values given and all of every other. */
export const cellOf = (unit: string, values: Partial<Omit<Cell, 'unit'>> = {}): Cell => ({
  unit,
  ...all,
  ...values,
});

/** A name, equal for equal cells, whichever table shows them. */
export const nameOf = ({ unit, stage, grade, gender, attribute, value }: Cell): string =>
  `${unit}|${stage}|${grade}|${gender}|${attribute}|${value}`;

/** Stages, and all of them together. */
const withAll = (values: readonly string[]): string[] => ['', ...values];

const gradeCells = (unit: string, { grades, genders }: Vocabulary): Cell[] => [
  ...genders.map((gender) => cellOf(unit, { gender })),
  ...Object.entries(grades).flatMap(([stage, known]) =>
    withAll(known).flatMap((grade) =>
      withAll(genders)
        .filter((gender) => grade !== '' || gender !== '')
        .map((gender) => cellOf(unit, { stage, grade, gender })),
    ),
  ),
];

const attributeCells = (unit: string, { grades, attributes }: Vocabulary): Cell[] =>
  Object.entries(attributes).flatMap(([attribute, values]) =>
    withAll(Object.keys(grades)).flatMap((stage) =>
      values.map((value) => cellOf(unit, { stage, attribute, value })),
    ),
  );

/** Every cell that some table shows of a unit. */
export const cellsOfUnit = ({ id, detail }: PublishedUnit, vocabulary: Vocabulary): Cell[] => [
  ...withAll(Object.keys(vocabulary.grades)).map((stage) => cellOf(id, { stage })),
  ...(detail === 'ALL' ? [...gradeCells(id, vocabulary), ...attributeCells(id, vocabulary)] : []),
];

/** Every cell that some table shows. */
export const cellsOf = ({ units, vocabulary }: Outline): Cell[] =>
  units.flatMap((unit) => cellsOfUnit(unit, vocabulary));
