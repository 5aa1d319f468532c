import { nationTree } from '#deploy/demo/units.ts';
import { placeOf } from '#services/organization/school/place.ts';
import { blocksOfPlace, blocksOfRange, levelAt } from '#services/statistics/stock/blocks.ts';

describe('the management tree of the nation', () => {
  const { units } = nationTree();

  test('every unit is one block that counts are kept for', () => {
    const others = units.filter((unit) => blocksOfRange(unit).length !== 1);
    expect(others.map((unit) => unit.code)).toEqual([]);
  });

  test('a school lies in the block of its authority and of every unit above', () => {
    const outside = units.filter((unit) => {
      const [own] = blocksOfRange(unit);
      const around = blocksOfPlace(placeOf(unit, 1));
      return !around.some((block) => block.place === own?.place && block.width === own.width);
    });
    expect(outside.map((unit) => unit.code)).toEqual([]);
  });

  test('the level of a unit is told by its place, and every other place is a school’s', () => {
    const others = units.filter(({ lo, level }) => levelAt(lo) !== level || levelAt(lo + 1) !== 'SCHOOL');
    expect(others.map((unit) => unit.code)).toEqual([]);
  });
});
