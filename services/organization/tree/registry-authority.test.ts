import fc from 'fast-check';
import { loadDivisions } from '#deploy/data/divisions.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { buildTree } from './build-tree.ts';
import { lawPlaceOf } from './law-place.ts';
import { indexTree } from './org-tree.ts';
import type { OrgUnit } from './org-unit.ts';
import { judgeRegistryAuthority, type ManagedBy, registryAuthorityOf } from './registry-authority.ts';

const tree = indexTree(buildTree(loadDivisions()));
/** Whether the first unit manages everything that the second does; every unit contains itself. */
const contains = (outer: OrgUnit, inner: OrgUnit): boolean => outer.lo <= inner.lo && inner.hi <= outer.hi;
const TODAY = '2026-11-20';

const unit = (code: string): OrgUnit => {
  const found = tree.find(code);
  if (found === undefined) throw new Error(`no unit ${code}`);
  return found;
};
const authority = (managedBy: ManagedBy, code: string): string | undefined =>
  registryAuthorityOf(tree, { managedBy, unit: unit(code) })?.code;
const judge = (actor: string, managedBy: ManagedBy, code: string) =>
  judgeRegistryAuthority(tree, unit(actor), { managedBy, unit: unit(code) }, TODAY);

describe('registry authority of a school', () => {
  test(holds('ORG-11', 'a school run by the county answers to the county'), () => {
    expect(authority('COUNTY', '140105')).toBe('140105');
    expect(judge('140105', 'COUNTY', '140105')).toEqual([]);
  });

  test(
    holds('ORG-11', 'a city-run and a provincial school in the same county answer to city and province'),
    () => {
      expect(authority('CITY', '140105')).toBe('140100');
      expect(authority('PROVINCE', '140105')).toBe('140000');
      expect(judge('140100', 'CITY', '140105')).toEqual([]);
      expect(judge('140000', 'PROVINCE', '140105')).toEqual([]);
    },
  );

  test(breaks('ORG-11', 'the county where a provincial school lies may not decide for it'), () => {
    expect(judge('140105', 'PROVINCE', '140105')).toMatchObject([
      { ruleId: 'ORG-11', outcome: 'REJECT', code: 'NOT_REGISTRY_AUTHORITY' },
    ]);
  });

  test(breaks('ORG-11', 'the province may not decide in place of the county that runs a school'), () => {
    expect(judge('140000', 'COUNTY', '140105')).toMatchObject([{ code: 'NOT_REGISTRY_AUTHORITY' }]);
  });

  test(breaks('ORG-11', 'a level that the line of authorities does not have is nobody’s authority'), () => {
    expect(authority('CITY', '110101')).toBeUndefined();
    expect(authority('COUNTY', '441900')).toBeUndefined();
    expect(authority('CITY', '419001')).toBeUndefined();
    expect(judge('110000', 'CITY', '110101')).toMatchObject([{ code: 'NOT_REGISTRY_AUTHORITY' }]);
  });

  test('a city without counties, a development zone and a city of the Corps are authorities themselves', () => {
    expect(authority('CITY', '441900')).toBe('441900');
    expect(authority('COUNTY', '140171')).toBe('140171');
    expect(authority('COUNTY', '659001')).toBe('659001');
    expect(authority('PROVINCE', '659001')).toBe('660000');
  });

  test('the authority always contains the unit under which the school stands', () => {
    const levels = fc.constantFrom<ManagedBy>('PROVINCE', 'CITY', 'COUNTY');
    fc.assert(
      fc.property(levels, fc.constantFrom(...tree.units), (managedBy, each) => {
        const found = registryAuthorityOf(tree, { managedBy, unit: each });
        if (found !== undefined) {
          expect(found.level).toBe(managedBy);
          expect(contains(found, each)).toBe(true);
        }
      }),
    );
  });
});

test('the law of a unit is that of its own line of authorities', () => {
  expect(lawPlaceOf(tree, unit('140105'))).toEqual({ province: '140000', city: '140100', county: '140105' });
  expect(lawPlaceOf(tree, unit('110101'))).toEqual({ province: '110000', county: '110101' });
  expect(lawPlaceOf(tree, unit('659001'))).toEqual({ province: '660000', county: '659001' });
});
