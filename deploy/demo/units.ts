import { loadDivisions } from '#deploy/data/divisions.ts';
import { buildTree } from '#services/organization/tree/build-tree.ts';
import { indexTree, type OrgTree } from '#services/organization/tree/org-tree.ts';
import type { OrgUnit } from '#services/organization/tree/org-unit.ts';

/** The management tree of the whole nation; the demo adds nothing to it. */
export const nationTree = (): OrgTree => indexTree(buildTree(loadDivisions()));

/** Every unit of the nation, the ministry first, each after the units above it. */
export async function* demoUnits(): AsyncGenerator<OrgUnit> {
  yield* nationTree().units.toSorted((a, b) => a.lo - b.lo || b.hi - a.hi);
}
