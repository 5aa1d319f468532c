import { ATTRIBUTES, type Attribute } from '../stock/attributes.ts';
import type { Dimension } from '../table/question.ts';
import {
  type Cell,
  cellOf,
  cellsOfUnit,
  type Outline,
  type PublishedUnit,
  type Vocabulary,
} from './cells.ts';

/** The closed list of what is published of every unit that is told in detail: each of at most three dimensions. */
export const PUBLISHED_TABLES = [
  'UNITS_BY_STAGE',
  'GRADES_BY_GENDER',
  ...ATTRIBUTES.map((attribute) => `STAGES_BY_${attribute}` as const),
] as const;
export type TableName = (typeof PUBLISHED_TABLES)[number];

const attributeOf = (table: TableName): Attribute | undefined =>
  ATTRIBUTES.find((attribute) => table === `STAGES_BY_${attribute}`);

/** What a table counts by. */
export const dimensionsOf = (table: TableName): Dimension[] => {
  const attribute = attributeOf(table);
  if (attribute !== undefined) return ['STAGE', attribute];
  return table === 'UNITS_BY_STAGE' ? ['UNIT', 'STAGE'] : ['STAGE', 'GRADE', 'GENDER'];
};

/** A row of a table: its values by dimension (none for the total), and the cell that it shows. */
export type PublishedLine = { keys: readonly (readonly [Dimension, string])[]; cell: Cell };

/** What belongs to a unit and to none of those below it is told under the unit's own code. */
export const OWN = '/own';
export const codeOf = (id: string): string => (id.endsWith(OWN) ? id.slice(0, -OWN.length) : id);

const given = (keys: readonly (readonly [Dimension, string])[]) => keys.filter(([, value]) => value !== '');

const unitLines = ({ units, vocabulary }: Outline, scope: string): PublishedLine[] =>
  [scope, ...units.filter(({ parent }) => parent === scope).map(({ id }) => id)].flatMap((id) =>
    ['', ...Object.keys(vocabulary.grades)].map((stage) => ({
      keys: given([
        ['UNIT', id === scope ? '' : codeOf(id)],
        ['STAGE', stage],
      ]),
      cell: cellOf(id, { stage }),
    })),
  );

const linesOfUnit = (
  unit: PublishedUnit,
  vocabulary: Vocabulary,
  attribute: Attribute | '',
): PublishedLine[] =>
  cellsOfUnit(unit, vocabulary)
    .filter((cell) =>
      attribute === ''
        ? cell.attribute === ''
        : cell.grade === '' && cell.gender === '' && ['', attribute].includes(cell.attribute),
    )
    .map((cell) => ({
      keys: given([
        ['STAGE', cell.stage],
        ...(attribute === ''
          ? ([
              ['GRADE', cell.grade],
              ['GENDER', cell.gender],
            ] as const)
          : ([[attribute, cell.value]] as const)),
      ]),
      cell,
    }));

/** The rows of a table of a unit that is told in detail: the total, the subtotals and every combination. */
export const linesOf = (outline: Outline, table: TableName, scope: PublishedUnit): PublishedLine[] =>
  table === 'UNITS_BY_STAGE'
    ? unitLines(outline, scope.id)
    : linesOfUnit(scope, outline.vocabulary, attributeOf(table) ?? '');
