import { words } from '../../language/generated/words.ts';
import { ALL, groupsOf, UNKNOWN } from './groups.ts';

type Key = { dimension: string; value: string; label: string | null };

/** A row of a table of the graph. */
export type CountRow = {
  keys: readonly Key[];
  count: number | null;
  roundedTo?: number | null;
  display?: string;
};

/** A count as it is shown; hidden where there is none, `display` says how. */
export type Cell = { count: number | null; roundedTo: number | null; display: string | null };

/** A line of values with its counts by the value of the dimension that goes across; ALL is the line's sum. */
export type Line = { values: readonly string[]; cells: ReadonlyMap<string, Cell> };

/** A table of counts: its last dimension goes across, the others down. */
export type Pivot = {
  down: readonly string[];
  across: string | undefined;
  columns: readonly string[];
  lines: readonly Line[];
  /** What the graph calls a value, by dimension and value. */
  labels: ReadonlyMap<string, string>;
};

const kinds: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  STAGE: words.Stage,
  GENDER: words.Gender,
  STATUS: words.EnrollmentStatus,
  NUMBER_KIND: words.StudentNumberKind,
  DOCUMENT_TYPE: words.IdDocumentType,
  ETHNIC_GROUP: { HAN: 0, MINORITY: 0, NOT_APPLICABLE: 0 },
};
const yesBeforeNo = ['true', 'false'];

const rankIn = (dimension: string, value: string): number => {
  const known = kinds[dimension] ? Object.keys(kinds[dimension]) : yesBeforeNo;
  const at = known.indexOf(value);
  return at < 0 ? known.length : at;
};

/** Grades go down, for they are those of the stage before them; so does what stands alone. */
const acrossIn = (dimensions: readonly string[]): string | undefined => {
  const last = dimensions.at(-1);
  return dimensions.length > 1 && last !== 'GRADE' ? last : undefined;
};

const valueIn = ({ keys }: CountRow, dimension: string): string | undefined =>
  keys.find((key) => key.dimension === dimension)?.value;

const columnsOf = (rows: readonly CountRow[], across: string | undefined): string[] => {
  if (across === undefined) return [];
  const values = new Set(rows.map((row) => valueIn(row, across)).filter((value) => value !== undefined));
  return [...values]
    .map((value) => value || UNKNOWN)
    .toSorted((one, other) => rankIn(across, one) - rankIn(across, other));
};

/** What the graph calls the values of rows, by dimension and value. */
export const labelsOf = (rows: readonly Pick<CountRow, 'keys'>[]): Pivot['labels'] =>
  new Map(
    rows.flatMap(({ keys }) =>
      keys.flatMap(({ dimension, value, label }) =>
        label ? [[`${dimension} ${value}`, label] as const] : [],
      ),
    ),
  );

const sumOf = (rows: readonly CountRow[]): Cell => ({
  count: rows.reduce((sum, { count }) => sum + (count ?? 0), 0),
  ...{ roundedTo: null, display: null },
});

const shapeOf = (dimensions: readonly string[], rows: readonly CountRow[]) => {
  const across = acrossIn(dimensions);
  const down = across === undefined ? dimensions : dimensions.slice(0, -1);
  return { down, across, columns: columnsOf(rows, across), labels: labelsOf(rows) };
};

/** A table of exact counts of which every row is a part: sums of all lines and columns are added up. */
export const exactPivot = (dimensions: readonly string[], rows: readonly CountRow[]): Pivot => {
  const shape = shapeOf(dimensions, rows);
  const { down, across, columns } = shape;
  const valuesOf = (row: CountRow): string[] => down.map((dimension) => valueIn(row, dimension) ?? '');
  const lines = groupsOf(rows, valuesOf, down.length).map((group) => ({
    values: group.values,
    cells: new Map([
      ...columns.map((column) => {
        const part = group.rows.filter((row) => (valueIn(row, across ?? '') || UNKNOWN) === column);
        return [column, sumOf(part)] as const;
      }),
      [ALL, sumOf(group.rows)] as const,
    ]),
  }));
  return { ...shape, lines };
};

/** A table that has its own sums, as the graph gives it: a row without a value in a dimension is of all of them. */
export const givenPivot = (dimensions: readonly string[], rows: readonly CountRow[]): Pivot => {
  const shape = shapeOf(dimensions, rows);
  const valuesOf = (row: CountRow): string[] => shape.down.map((dimension) => valueIn(row, dimension) ?? ALL);
  const lines = [...Map.groupBy(rows, (row) => valuesOf(row).join(' '))].map(([, part]) => ({
    values: part[0] ? valuesOf(part[0]) : [],
    cells: new Map(
      part.map((row) => {
        const { count, roundedTo = null, display = null } = row;
        return [valueIn(row, shape.across ?? '') ?? ALL, { count, roundedTo, display }] as const;
      }),
    ),
  }));
  // Subtotals come with their parts, whichever order the graph has them in.
  const inOrder = [...Map.groupBy(lines, ({ values }) => values[0]).values()].flat();
  return { ...shape, lines: inOrder };
};

/** Which part of a whole a count is; undefined where either is hidden, rounded or nothing. */
export const shareOf = (part: Cell | undefined, whole: Cell | undefined): number | undefined => {
  if (!part || !whole || part.roundedTo !== null || whole.roundedTo !== null) return undefined;
  return part.count === null || !whole.count ? undefined : part.count / whole.count;
};
