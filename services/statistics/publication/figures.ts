import type { UnitFact } from '#libs/contracts/events/organization.ts';
import { Gender } from '#libs/contracts/vocabulary.ts';
import { lawPromotions } from '#libs/law/enrollment/grade.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { MINISTRY } from '../enrollment-statistics.ts';
import { ATTRIBUTES, type Attribute, isFlag, MEASURES, SET, UNSET } from '../stock/attributes.ts';
import { blocksOfRange, gapsIn, type PlaceRange } from '../stock/blocks.ts';
import { endOfDay } from '../stock/months.ts';
import { groupCounts, type Row } from '../table/group.ts';
import { type Part, unitsBelow, wholeOf } from '../table/parts.ts';
import type { Dimension } from '../table/question.ts';
import { readCounts } from '../table/read-counts.ts';
import { type Cell, cellOf, cellsOf, nameOf, type Outline, type PublishedUnit } from './cells.ts';
import { OWN } from './tables.ts';

/** What is published, and how many there are of each. */
export type Figures = { outline: Outline; counts: ReadonlyMap<string, number> };

type PublishedPart = Part & PublishedUnit;

/** Grades that have a row whether anybody is in them or not. */
const GRADES = { PRESCHOOL: 3, PRIMARY: 6, JUNIOR: 4, SENIOR: 3 } as const;

const valuesOf = (attribute: Attribute): string[] =>
  isFlag(attribute)
    ? [SET, UNSET]
    : MEASURES.filter((measure) => measure.attribute === attribute).map(({ value }) => value);

/** A unit with those one level below it, and what of it lies in none of them. */
const partsOf = (unit: UnitFact, below: readonly UnitFact[]): PublishedPart[] => [
  {
    ...{ id: unit.code, unit: unit.code, parent: unit.parent, detail: 'ALL' },
    blocks: blocksOfRange(unit),
  },
  {
    ...{ id: `${unit.code}${OWN}`, unit: `${unit.code}${OWN}`, parent: unit.code, detail: 'STAGES' },
    blocks: gapsIn(unit, below).flatMap(blocksOfRange),
  },
];

/** The nation, every province, and by stage alone the units one level below a province: by code, whether they have pupils or not. */
const publishedParts = (units: ReadonlyMap<string, UnitFact>): PublishedPart[] => {
  const nation = units.get(MINISTRY);
  if (nation === undefined) return [];
  const provinces = unitsBelow(MINISTRY, units.values());
  return [
    ...partsOf(nation, provinces),
    ...provinces.flatMap((province) => {
      const below = unitsBelow(province.code, units.values());
      return [
        ...partsOf(province, below),
        ...below.map(
          ({ code, lo, hi }): PublishedPart => ({
            ...{ id: code, unit: code, parent: province.code, detail: 'STAGES' },
            blocks: blocksOfRange({ lo, hi }),
          }),
        ),
      ];
    }),
  ];
};

type Value = { by: readonly Dimension[]; row: Row };

const valueIn = ({ by, row }: Value, dimension: Dimension): string => row.values[by.indexOf(dimension)] ?? '';

const gradesIn = (positions: readonly Value[]): Record<string, string[]> =>
  Object.fromEntries(
    Object.entries(GRADES).map(([stage, last]) => {
      const met = positions
        .filter((value) => valueIn(value, 'STAGE') === stage)
        .map((value) => Number(valueIn(value, 'GRADE')));
      const highest = Math.max(last, ...met);
      return [stage, Array.from({ length: highest }, (_, at) => String(at + 1))];
    }),
  );

/** The cells that pupils of a row count in, by their position in the grades or by one attribute. */
const cellsAt = (value: Value): Cell[] => {
  const unit = valueIn(value, 'UNIT');
  const stage = valueIn(value, 'STAGE');
  const [grade, gender] = [valueIn(value, 'GRADE'), valueIn(value, 'GENDER')];
  const attribute = ATTRIBUTES.find((name) => value.by.includes(name));
  if (attribute !== undefined) {
    const counted = { attribute, value: valueIn(value, attribute) };
    return [cellOf(unit, counted), cellOf(unit, { stage, ...counted })];
  }
  return [
    ...[cellOf(unit), cellOf(unit, { stage }), cellOf(unit, { gender }), cellOf(unit, { stage, gender })],
    ...[cellOf(unit, { stage, grade }), cellOf(unit, { stage, grade, gender })],
  ];
};

const sumUp = (outline: Outline, values: readonly Value[]): Map<string, number> => {
  const counts = new Map(cellsOf(outline).map((cell) => [nameOf(cell), 0]));
  for (const value of values) {
    for (const cell of cellsAt(value)) {
      const name = nameOf(cell);
      const known = counts.get(name);
      // Units that are told by stage alone have no other cells.
      if (known !== undefined) counts.set(name, known + value.row.n);
    }
  }
  return counts;
};

/** How many pupils there were at the end of a day. */
export const nationOn = async (
  core: Pick<ServiceCore, 'app' | 'directory'>,
  day: string,
): Promise<number> => {
  const nation = await core.directory.rangeOf(MINISTRY);
  if (nation === undefined) return 0;
  const counts = await readCounts(core.app, nation, wholeOf(MINISTRY, nation), { filter: {}, day });
  return counts.reduce((sum, { n }) => sum + n, 0);
};

/** Everything that is published of the nation, counted at the end of a day; undefined while no nation is known. */
export const readFigures = async (
  core: Pick<ServiceCore, 'app' | 'directory'>,
  day: string,
): Promise<Figures | undefined> => {
  const nation: PlaceRange | undefined = await core.directory.rangeOf(MINISTRY);
  const parts = publishedParts(await core.directory.units());
  if (nation === undefined || parts.length === 0) return undefined;
  const at = new Date(endOfDay(day));
  const promotions = lawPromotions(await core.directory.promotions());
  const read = async (units: readonly Part[], by: readonly Dimension[], attribute?: Attribute) => {
    const asked = { by, attribute, filter: {}, day };
    const counts = await readCounts(core.app, nation, { units, schoolsIn: [] }, asked);
    return groupCounts(counts, asked, { at, promotions }).map((row): Value => ({ by, row }));
  };
  const detailed = parts.filter(({ detail }) => detail === 'ALL');
  const positions = await read(parts, ['UNIT', 'STAGE', 'GRADE', 'GENDER']);
  const values = [...positions];
  for (const attribute of ATTRIBUTES)
    values.push(...(await read(detailed, ['UNIT', 'STAGE', attribute], attribute)));
  const outline: Outline = {
    units: parts.map(({ id, parent, detail }) => ({ id, parent, detail })),
    vocabulary: {
      grades: gradesIn(positions),
      genders: Gender.options,
      attributes: Object.fromEntries(ATTRIBUTES.map((attribute) => [attribute, valuesOf(attribute)])),
    },
  };
  return { outline, counts: sumUp(outline, values) };
};
