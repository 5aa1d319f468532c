import { loadProvincePupils, loadPupilFigures } from '#deploy/data/figures.ts';
import type { School } from '#services/organization/school/school.ts';
import type { OrgTree } from '#services/organization/tree/org-tree.ts';
import type { OrgUnit } from '#services/organization/tree/org-unit.ts';
import { CORE_SCHOOLS, type SchoolSketch } from './core-schools.ts';
import { type Random, randomOf, some } from './random.ts';
import { schoolName } from './school-names.ts';

type PlannedStage = 'PRIMARY' | 'JUNIOR' | 'SENIOR';

/** Years in a stage, pupils in a class as planned, and parallel classes in an ordinary school. */
const STAGES = {
  PRIMARY: { years: 6, streamsPerSchool: 3, field: 'primary' },
  JUNIOR: { years: 3, streamsPerSchool: 5, field: 'junior' },
  SENIOR: { years: 3, streamsPerSchool: 8, field: 'senior' },
} as const;
const PLANNED_CLASS_SIZE = 43;
/** Names at the head of the list that the core schools of a county may carry. */
const CORE_NAMES = 6;
const PLANNED: readonly PlannedStage[] = ['PRIMARY', 'JUNIOR', 'SENIOR'];

const SHANXI = '140000';
const XINJIANG = '650000';
const CORPS = '660000';
/** Part of Xinjiang's pupils who are counted for the Corps (ours). */
const CORPS_SHARE = 0.1;

type Share = { province: string; stage: PlannedStage; share: number };

/** Part of the nation's pupils in each province and stage; provinces as of 2019, stages as of 2024. */
function shares(): Share[] {
  const provinces = loadProvincePupils();
  const { pupils2024 } = loadPupilFigures();
  const nation = pupils2024.primary + pupils2024.junior + pupils2024.senior;
  return PLANNED.flatMap((stage) => {
    const { field } = STAGES[stage];
    const total = provinces.reduce((sum, each) => sum + each[field], 0);
    return provinces.flatMap((each): Share[] => {
      const share = (pupils2024[field] / nation) * (each[field] / total);
      if (each.province !== XINJIANG) return [{ province: each.province, stage, share }];
      return [
        { province: XINJIANG, stage, share: share * (1 - CORPS_SHARE) },
        { province: CORPS, stage, share: share * CORPS_SHARE },
      ];
    });
  });
}

/** Parallel classes of a province's core schools. */
const coreStreams = (province: string, stage: PlannedStage): number =>
  CORE_SCHOOLS.filter(
    (school) => school.unit.startsWith(province.slice(0, 2)) && school.stages.includes(stage),
  )
    .filter((school) => school.kind !== 'SPECIAL_EDUCATION')
    .reduce((sum, school) => sum + school.streams, 0);

/** Parallel classes that a province has beside the core, when the nation is drawn with a density. */
function streamsOf({ province, stage, share }: Share, density: number): number {
  const wanted = Math.round((density * share) / (STAGES[stage].years * PLANNED_CLASS_SIZE));
  const least = province === SHANXI || stage === 'SENIOR' ? 0 : 1;
  return Math.max(least, wanted - coreStreams(province, stage));
}

const plannedPupils = (all: readonly Share[], density: number): number =>
  all.reduce(
    (sum, each) =>
      sum +
      (streamsOf(each, density) + coreStreams(each.province, each.stage)) *
        STAGES[each.stage].years *
        PLANNED_CLASS_SIZE,
    0,
  );

/** The density at which classes of the planned size hold the pupils asked for. */
function densityFor(pupils: number, all: readonly Share[]): number {
  let [low, high] = [0, pupils * 2];
  for (let step = 0; step < 40; step++) {
    const middle = (low + high) / 2;
    if (plannedPupils(all, middle) > pupils) high = middle;
    else low = middle;
  }
  return low;
}

/** Units that run schools on the spot: counties, and cities without any; the first of the capital first. */
export function schoolUnits(
  tree: OrgTree,
  province: string,
  random: Random,
): readonly [OrgUnit, ...OrgUnit[]] {
  const [first, ...others] = some(
    tree.units.filter(
      (unit) => unit.province === province && unit.level !== 'PROVINCE' && tree.children(unit).length === 0,
    ),
  );
  const order = others
    .filter((unit) => unit.gbt2260)
    .map((unit) => ({ unit, at: random.next() }))
    .sort((a, b) => a.at - b.at);
  return [first, ...order.map(({ unit }) => unit)];
}

/** Schools beside the core, spread over all provinces in proportion to their pupils. */
export function provinceSchools(tree: OrgTree, pupils: number, seed: string | number): SchoolSketch[] {
  const all = shares();
  const density = densityFor(pupils, all);
  const provinces = [...new Set(all.map((each) => each.province))].sort();
  return provinces.flatMap((province) => {
    const random = randomOf(seed, 'schools', province);
    const units = schoolUnits(tree, province, random);
    return all
      .filter((each) => each.province === province)
      .flatMap((each) => schoolsOf(tree, units, each.stage, streamsOf(each, density), random));
  });
}

function schoolsOf(
  tree: OrgTree,
  units: readonly OrgUnit[],
  stage: PlannedStage,
  streams: number,
  random: Random,
): SchoolSketch[] {
  const count = streams === 0 ? 0 : Math.max(1, Math.round(streams / STAGES[stage].streamsPerSchool));
  return Array.from({ length: count }, (_, nth) => {
    const unit = some(units)[0];
    const home = units[nth % units.length] ?? unit;
    const round = Math.floor(nth / units.length);
    const taken = CORE_SCHOOLS.some((school) => school.unit === home.code) ? CORE_NAMES : 0;
    return {
      name: schoolName(home.name, stage, round + taken),
      kind: stage,
      stages: [stage],
      unit: home.code,
      division: home.code,
      managedBy: managedBy(tree, home, stage, random),
      ownership: ownership(random),
      streams: Math.floor(streams / count) + (nth < streams % count ? 1 : 0),
    };
  });
}

const ownership = (random: Random): School['ownership'] => (random.chance(0.06) ? 'PRIVATE' : 'PUBLIC');

function managedBy(
  tree: OrgTree,
  unit: OrgUnit,
  stage: PlannedStage,
  random: Random,
): SchoolSketch['managedBy'] {
  if (unit.level === 'CITY') return 'CITY';
  const hasCity = tree.ancestors(unit).some((each) => each.level === 'CITY');
  return hasCity && stage === 'SENIOR' && random.chance(0.25) ? 'CITY' : 'COUNTY';
}
