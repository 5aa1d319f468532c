import { type OrgUnit, slotStart } from './org-unit.ts';

/** The units of the tree, to be asked. */
export type OrgTree = {
  readonly units: readonly OrgUnit[];
  /** The unit with a public code, if there is one. */
  find(code: string): OrgUnit | undefined;
  /** Units above, nearest first, the ministry last; empty for the ministry. */
  ancestors(unit: OrgUnit): OrgUnit[];
  /** Units directly below, by code. */
  children(unit: OrgUnit): readonly OrgUnit[];
  /** The unit in whose own slot the place lies; undefined for a slot that belongs to nobody. */
  unitAt(place: number): OrgUnit | undefined;
};

/** Indexes the units of `buildTree`; look-ups cost a map access, `ancestors` one a level. */
export function indexTree(units: readonly OrgUnit[]): OrgTree {
  const byCode = new Map(units.map((unit) => [unit.code, unit]));
  const byFirstPlace = new Map<number, OrgUnit>();
  const below = Map.groupBy(units, (unit) => unit.parent);
  for (const unit of units) byFirstPlace.set(unit.lo, unit);

  const ancestors = (unit: OrgUnit): OrgUnit[] => {
    const parent = unit.parent === null ? undefined : byCode.get(unit.parent);
    return parent === undefined ? [] : [parent, ...ancestors(parent)];
  };

  return {
    units,
    find: (code) => byCode.get(code),
    ancestors,
    children: (unit) => below.get(unit.code) ?? [],
    unitAt: (place) => byFirstPlace.get(slotStart(place)),
  };
}
