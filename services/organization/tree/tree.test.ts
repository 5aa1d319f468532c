import fc from 'fast-check';
import { loadDivisions } from '#deploy/data/divisions.ts';
import { buildTree } from './build-tree.ts';
import { indexTree } from './org-tree.ts';
import { MINISTRY, type OrgUnit } from './org-unit.ts';

const divisions = loadDivisions();
const tree = indexTree(buildTree(divisions));

const unit = (code: string): OrgUnit => {
  const found = tree.find(code);
  if (found === undefined) throw new Error(`no unit ${code}`);
  return found;
};
const codes = (units: readonly OrgUnit[]): string[] => units.map((each) => each.code);
/** Whether the first unit manages everything that the second does; every unit contains itself. */
const contains = (outer: OrgUnit, inner: OrgUnit): boolean => outer.lo <= inner.lo && inner.hi <= outer.hi;
const anyUnit = fc.constantFrom(...tree.units);

describe('the management tree of the whole nation', () => {
  test('public codes are unique, and the ministry is the only unit without a parent', () => {
    expect(new Set(codes(tree.units)).size).toBe(tree.units.length);
    expect(codes(tree.units.filter((each) => each.parent === null))).toEqual([MINISTRY]);
  });

  test('has 31 provinces of GB/T 2260 and the Corps beside them', () => {
    const provinces = tree.units.filter((each) => each.level === 'PROVINCE');
    expect(provinces.filter((each) => each.gbt2260)).toHaveLength(31);
    expect(codes(provinces.filter((each) => !each.gbt2260))).toEqual(['660000']);
  });

  test('every unit lies inside its parent and never claims the same places as a sibling', () => {
    for (const parent of tree.units) {
      const below = tree.children(parent).toSorted((a, b) => a.lo - b.lo);
      for (const [index, child] of below.entries()) {
        expect(contains(parent, child)).toBe(true);
        const next = below[index + 1];
        if (next !== undefined) expect(child.hi).toBeLessThan(next.lo);
      }
    }
  });

  test('a parent keeps a slot of its own, outside all of its children, for the schools it runs itself', () => {
    for (const parent of tree.units) {
      expect(tree.children(parent).some((child) => child.lo <= parent.lo && parent.lo <= child.hi)).toBe(
        false,
      );
    }
  });

  test('every county belongs to a province, directly or through one city', () => {
    for (const county of tree.units.filter((each) => each.level === 'COUNTY')) {
      const levels = tree.ancestors(county).map((each) => each.level);
      expect([
        ['PROVINCE', 'MINISTRY'],
        ['CITY', 'PROVINCE', 'MINISTRY'],
      ]).toContainEqual(levels);
      expect(tree.ancestors(county).at(-2)?.code).toBe(county.province);
    }
  });

  test('containing and standing above are the same thing', () => {
    fc.assert(
      fc.property(anyUnit, anyUnit, (outer, inner) => {
        const above = outer === inner || tree.ancestors(inner).includes(outer);
        expect(contains(outer, inner)).toBe(above);
      }),
      { numRuns: 3000 },
    );
  });

  test('a place leads back to the unit in whose slot it lies', () => {
    fc.assert(
      fc.property(anyUnit, fc.integer({ min: 0, max: 99_999 }), (owner, position) => {
        expect(tree.unitAt(owner.lo + position)).toBe(owner);
      }),
    );
  });

  test('a place in a slot that nobody has belongs to nobody', () => {
    expect(tree.unitAt(14_01_99_00000)).toBeUndefined();
  });

  test('every division of the list has its unit, except regions that pupils only come from', () => {
    expect(tree.find('710000')).toBeUndefined();
    expect(tree.find('810000')).toBeUndefined();
    expect(tree.find('820000')).toBeUndefined();
    expect(divisions.filter((each) => tree.find(each.code) === undefined)).toHaveLength(3);
  });
});

describe('places where the public code does not tell who manages', () => {
  test('Xiaodian is a county of Taiyuan in Shanxi', () => {
    expect(codes(tree.ancestors(unit('140105')))).toEqual(['140100', '140000', MINISTRY]);
    expect(unit('140105')).toMatchObject({ lo: 14_010_500_000, hi: 14_010_599_999, gbt2260: true });
  });

  test('Beiguan is a county of Anyang in Henan, not in Shanxi', () => {
    expect(codes(tree.ancestors(unit('410503')))).toEqual(['410500', '410000', MINISTRY]);
  });

  test.each(['419001', '429004', '429021', '469001', '469030'])(
    'county %s hangs directly on its province',
    (code) => {
      expect(unit(code).level).toBe('COUNTY');
      expect(unit(code).parent).toBe(`${code.slice(0, 2)}0000`);
    },
  );

  test.each(['110101', '120101', '310101', '500101', '500229'])(
    'district %s hangs directly on its municipality',
    (code) => {
      expect(unit(code).parent).toBe(`${code.slice(0, 2)}0000`);
    },
  );

  test.each(['441900', '442000', '460400', '620200'])('city %s has no counties below it', (code) => {
    expect(unit(code).level).toBe('CITY');
    expect(tree.children(unit(code))).toEqual([]);
  });

  test('the cities of the Corps are managed by the Corps and not by Xinjiang', () => {
    const corps = unit('660000');
    const shihezi = unit('659001');
    expect(shihezi).toMatchObject({ parent: '660000', province: '660000', level: 'COUNTY' });
    expect(contains(corps, shihezi)).toBe(true);
    expect(contains(unit('650000'), shihezi)).toBe(false);
    expect(tree.children(corps)).toHaveLength(12);
  });

  test('a development zone with schools stands below its city and is marked as not GB/T 2260', () => {
    expect(unit('140171')).toMatchObject({ parent: '140100', level: 'COUNTY', gbt2260: false });
  });

  test('a row that hangs below an unknown unit is refused', () => {
    const orphan = { code: '660101', name: '某市', gbt2260: false, originOnly: false };
    expect(() => buildTree([orphan])).toThrow('unit 660101 hangs below the unknown unit 660000');
  });
});
