import { loadProvincePupils } from '#deploy/data/figures.ts';
import type { F1Address } from '#services/enrollment/import/form-f1/row.ts';
import type { OrgTree } from '#services/organization/tree/org-tree.ts';
import { streetAddress, villageAddress } from './addresses.ts';
import { divisionName } from './demo-school.ts';
import { type Random, some, weighted } from './random.ts';

/** Where a family belongs: the division of its household register and whether it lies in the countryside. */
export type Household = { division: string; rural: boolean };

/** Divisions of the nation to draw households from, and their full names. */
export type Divisions = {
  /** Any other county of the nation, provinces weighted by their pupils. */
  awayFrom(division: string, random: Random): string;
  nameOf(division: string): string;
  isRural(division: string): boolean;
};

export function divisionsOf(tree: OrgTree): Divisions {
  const byProvince = Map.groupBy(
    tree.units.filter(
      (unit) => unit.gbt2260 && unit.level !== 'PROVINCE' && tree.children(unit).length === 0,
    ),
    (unit) => `${unit.code.slice(0, 2)}0000`,
  );
  const province = weighted(loadProvincePupils().map((each) => [each.province, each.primary] as const));
  const names = new Map<string, string>();
  const rural = new Map(
    tree.units.map((unit) => [unit.code, unit.level === 'COUNTY' && !/[区市]$/.test(unit.name)]),
  );
  return {
    awayFrom: (division, random) => {
      let away = division;
      while (away === division) away = random.pick(some(byProvince.get(province(random)) ?? [])).code;
      return away;
    },
    nameOf: (division) => {
      let name = names.get(division);
      if (name === undefined) {
        name = divisionName(tree, division);
        names.set(division, name);
      }
      return name;
    },
    isRural: (division) => rural.get(division) ?? false,
  };
}

/** An address in a division: in a village where the family lives in the countryside. */
export const addressIn = (divisions: Divisions, { division, rural }: Household, random: Random): F1Address =>
  (rural ? villageAddress : streetAddress)(division, divisions.nameOf(division), random);
