import type { LawPlace } from '#libs/law/layers.ts';
import type { OrgTree } from './org-tree.ts';
import type { OrgUnit } from './org-unit.ts';

/** The place whose law binds a unit and its schools: the codes of its own line of authorities. */
export function lawPlaceOf(tree: OrgTree, unit: OrgUnit): LawPlace {
  const line = [unit, ...tree.ancestors(unit)];
  const city = line.find((each) => each.level === 'CITY');
  const county = line.find((each) => each.level === 'COUNTY');
  return {
    province: unit.province,
    ...(city && { city: city.code }),
    ...(county && { county: county.code }),
  };
}
