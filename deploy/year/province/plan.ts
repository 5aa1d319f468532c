import type { SchoolSketch } from '#deploy/demo/core-schools.ts';
import { enterSchools, type NationPlan } from '#deploy/demo/nation-plan.ts';
import { schoolUnits } from '#deploy/demo/province-plan.ts';
import { randomOf } from '#deploy/demo/random.ts';
import { schoolName } from '#deploy/demo/school-names.ts';
import { nationTree } from '#deploy/demo/units.ts';
import type { OrgUnit } from '#services/organization/tree/org-unit.ts';

/** Which province, how many pupils at the start, and the draw. */
export type ProvinceOrder = { province: string; students: number; seed: number };

/** The whole management tree, with schools in some counties of one province and nowhere else. */
export type ProvincePlan = NationPlan & { province: string };

const CLASS_SIZE = 43;
/** Pupils of all years for one parallel class of primary, of junior and three fifths of one of senior school. */
const PUPILS_A_STREAM = CLASS_SIZE * (6 + 3 + 3 * 0.6);
const PUPILS_A_COUNTY = 1_600;
const MOST_COUNTIES = 14;
const SENIOR_SHARE = 0.6;
const LARGEST = { PRIMARY: 3, JUNIOR: 4, SENIOR: 6 } as const;

/** The plan of a province in a school year; equal orders give equal plans. Throws RangeError for an unknown province. */
export const planProvince = (
  { province, students, seed }: ProvinceOrder,
  schoolYear: number,
): ProvincePlan => {
  const tree = nationTree();
  const code = `${province}0000`;
  if (tree.find(code)?.level !== 'PROVINCE') throw new RangeError(`there is no province ${province}`);
  const homes = schoolUnits(tree, code, randomOf(seed, 'counties', province))
    .filter((unit) => tree.ancestors(unit).some(({ level }) => level === 'CITY'))
    .slice(0, Math.min(MOST_COUNTIES, Math.max(2, Math.round(students / PUPILS_A_COUNTY))));
  const streams = Math.max(homes.length, Math.round(students / PUPILS_A_STREAM));
  const sketches = homes.flatMap((home, nth) =>
    countySchools(home, nth, part(streams, homes.length, nth), students >= PUPILS_A_COUNTY),
  );
  return { scale: students, seed, schoolYear, tree, schools: enterSchools(tree, sketches, seed), province };
};

const part = (whole: number, parts: number, nth: number): number =>
  Math.floor(whole / parts) + (nth < whole % parts ? 1 : 0);

type Teaching = keyof typeof LARGEST;

/** Schools of one county: every second one has a nine-year school, the first a provincial senior school, the second a city's. */
const countySchools = (home: OrgUnit, nth: number, streams: number, large: boolean): SchoolSketch[] => {
  const nineYear = nth % 2 === 1;
  const names = { PRIMARY: 0, JUNIOR: 0, SENIOR: 0 };
  const made = (
    stages: readonly Teaching[],
    size: number,
    more: Partial<SchoolSketch> = {},
  ): SchoolSketch => {
    const kind = stages.at(-1) ?? 'PRIMARY';
    const name = stages.length > 1 ? `${home.name}九年制学校` : schoolName(home.name, kind, names[kind]++);
    return {
      name,
      kind,
      stages,
      unit: home.code,
      division: home.code,
      managedBy: 'COUNTY',
      ownership: 'PUBLIC',
      streams: size,
      ...more,
    };
  };
  const of = (stage: Teaching, size: number): SchoolSketch[] => {
    const count = Math.ceil(size / LARGEST[stage]);
    return Array.from({ length: count }, (_, at) => made([stage], part(size, count, at)));
  };
  const both = nineYear ? 1 : 0;
  return [
    ...(nineYear ? [made(['PRIMARY', 'JUNIOR'], 1, large ? { ownership: 'PRIVATE' } : {})] : []),
    ...of('PRIMARY', streams - both),
    ...of('JUNIOR', streams - both),
    ...seniorSchools(nth, Math.max(1, Math.round(streams * SENIOR_SHARE)), large, made),
  ];
};

type Make = (stages: readonly Teaching[], size: number, more?: Partial<SchoolSketch>) => SchoolSketch;

const seniorSchools = (nth: number, size: number, large: boolean, made: Make): SchoolSketch[] => {
  const runBy = (['PROVINCE', 'CITY'] as const)[nth];
  if (runBy === undefined) return [made(['SENIOR'], size)];
  if (!large) return [made(['SENIOR'], size, { managedBy: runBy })];
  return [made(['SENIOR'], Math.max(1, size - 1)), made(['SENIOR'], 1, { managedBy: runBy })];
};
