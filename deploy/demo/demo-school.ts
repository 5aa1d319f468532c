import type { F1Address } from '#services/enrollment/import/form-f1/row.ts';
import type { School } from '#services/organization/school/school.ts';
import type { OrgTree } from '#services/organization/tree/org-tree.ts';
import type { OrgUnit } from '#services/organization/tree/org-unit.ts';

/** A school of the demo nation: the record of the registry, and what the demo needs beside it. */
export type DemoSchool = School & {
  province: string;
  city: string | null;
  county: string | null;
  address: F1Address;
  /** Division of the address, GB/T 2260; differs from `unit` in development zones. */
  division: string;
  /** Parallel classes in a year of an average cohort. */
  streams: number;
};

/** Name of a division from its province down, as addresses begin: 山西省太原市小店区. */
export function divisionName(tree: OrgTree, division: string): string {
  const chain = [`${division.slice(0, 2)}0000`, `${division.slice(0, 4)}00`, division];
  const names = [...new Set(chain)].map((code) => tree.find(code)?.name);
  return names.filter((name) => name !== undefined).join('');
}

/** The unit of a public code. Throws Error when the nation does not have it. */
export function unitOf(tree: OrgTree, code: string): OrgUnit {
  const unit = tree.find(code);
  if (unit === undefined) throw new Error(`the nation has no unit ${code}`);
  return unit;
}
