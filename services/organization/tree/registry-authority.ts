import type { IsoDate } from '#libs/law/dates.ts';
import { type Finding, finding } from '#libs/law/finding.ts';
import { lawPlaceOf } from './law-place.ts';
import type { OrgTree } from './org-tree.ts';
import type { OrgUnit } from './org-unit.ts';

/** The level that runs a school (直管). */
export type ManagedBy = 'PROVINCE' | 'CITY' | 'COUNTY';

/** Who runs a school, and any unit of the line of authorities under which it stands. */
export type Management = { managedBy: ManagedBy; unit: OrgUnit };

/**
 * The registry authority (学籍主管部门) of a school: the unit of the level that runs it, in the school's own line
 * of authorities. The address has no part in it: a provincial school answers to the province wherever it lies.
 *
 * @returns undefined when the line has no unit of that level: a municipality has no city level, 441900 has no
 * county, and a unit above the level named does not say which of its units is meant (ORG-11).
 */
export function registryAuthorityOf(tree: OrgTree, { managedBy, unit }: Management): OrgUnit | undefined {
  return [unit, ...tree.ancestors(unit)].find((each) => each.level === managedBy);
}

/**
 * Judges whether a unit may decide as registry authority of a school (ORG-11).
 *
 * @param actor the unit that wants to decide.
 * @returns nothing when it is the authority; otherwise the one finding NOT_REGISTRY_AUTHORITY.
 */
export function judgeRegistryAuthority(
  tree: OrgTree,
  actor: OrgUnit,
  school: Management,
  on: IsoDate,
): Finding[] {
  const authority = registryAuthorityOf(tree, school);
  if (authority?.code === actor.code) return [];
  return [
    finding('ORG-11', {
      code: 'NOT_REGISTRY_AUTHORITY',
      message:
        authority === undefined
          ? '该校所在管理序列中没有所填管理层级的教育行政部门'
          : `该校的学籍主管部门是${authority.name}教育行政部门`,
      messageEn:
        authority === undefined
          ? 'The line of authorities of this school has no unit of the level named.'
          : `The registry authority of this school is ${authority.code}.`,
      path: ['managedBy'],
      ownerLevel: school.managedBy,
      remedy: authority === undefined ? '请核对学校的管理层级' : '请由学籍主管部门办理',
      on,
      place: lawPlaceOf(tree, school.unit),
    }),
  ];
}
