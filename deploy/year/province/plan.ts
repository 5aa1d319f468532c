import type { SchoolSketch } from '#deploy/demo/core-schools.ts';
import { enterSchools, type NationPlan } from '#deploy/demo/nation-plan.ts';
import { schoolUnits } from '#deploy/demo/province-plan.ts';
import { randomOf } from '#deploy/demo/random.ts';
import { schoolName } from '#deploy/demo/school-names.ts';
import { nationTree } from '#deploy/demo/units.ts';
import type { OrgTree } from '#services/organization/tree/org-tree.ts';
import type { OrgUnit } from '#services/organization/tree/org-unit.ts';

/** Which province, how many pupils at the start, and the draw. */
export type ProvinceOrder = { province: string; students: number; seed: number };

/**
 * The whole management tree, with schools in some counties of the provinces that are lived in and nowhere else. Provinces by
 * their two digits, the one that was ordered first.
 */
export type ProvincePlan = NationPlan & { provinces: readonly string[] };

const CLASS_SIZE = 43;
/** Pupils of all years for one parallel class of primary, of junior and three fifths of one of senior school. */
const PUPILS_A_STREAM = CLASS_SIZE * (6 + 3 + 3 * 0.6);
const PUPILS_A_COUNTY = 1_600;
/** Pupils from which on there is a second province, and the part of them that lives in the first. */
const PUPILS_OF_TWO = 1_000;
const SHARE_OF_FIRST = 0.6;
const SHANXI = '14';
const HENAN = '41';
/** Counties that have schools before any other: in Henan two districts of Anyang, for Beiguan has rules of its own. */
const FIRST_HOMES: Readonly<Record<string, readonly string[]>> = { [HENAN]: ['410502', '410503'] };
const MOST_COUNTIES = 14;
const SENIOR_SHARE = 0.6;
const LARGEST = { PRIMARY: 3, JUNIOR: 4, SENIOR: 6 } as const;

/** The plan of a year's provinces; equal orders give equal plans. Throws RangeError for an unknown province. */
export const planProvince = (order: ProvinceOrder, schoolYear: number): ProvincePlan => {
  const { province, students, seed } = order;
  const tree = nationTree();
  if (tree.find(`${province}0000`)?.level !== 'PROVINCE')
    throw new RangeError(`there is no province ${province}`);
  const parts = partsOf(order);
  const sketches = parts.flatMap((part) => provinceSketches(tree, part, seed, parts.length > 1));
  const provinces = parts.map((part) => part.province);
  return { scale: students, seed, schoolYear, tree, schools: enterSchools(tree, sketches, seed), provinces };
};

/** Henan beside the province that was ordered, Shanxi beside Henan; a very small year has one province alone. */
const partsOf = ({ province, students }: ProvinceOrder): { province: string; students: number }[] => {
  if (students < PUPILS_OF_TWO) return [{ province, students }];
  const first = Math.round(students * SHARE_OF_FIRST);
  return [
    { province, students: first },
    { province: province === HENAN ? SHANXI : HENAN, students: students - first },
  ];
};

const provinceSketches = (
  tree: OrgTree,
  { province, students }: { province: string; students: number },
  seed: number,
  isOfTwo: boolean,
): SchoolSketch[] => {
  const named = FIRST_HOMES[province] ?? [];
  const homes = [
    ...named.flatMap((code) => tree.find(code) ?? []),
    ...schoolUnits(tree, `${province}0000`, randomOf(seed, 'counties', province)).filter(
      (unit) => !named.includes(unit.code) && tree.ancestors(unit).some(({ level }) => level === 'CITY'),
    ),
  ].slice(0, Math.min(MOST_COUNTIES, Math.max(2, Math.round(students / PUPILS_A_COUNTY))));
  const least = homes.length + (isOfTwo ? Math.floor(homes.length / 2) : 0);
  const streams = Math.max(least, Math.round(students / PUPILS_A_STREAM));
  return homes.flatMap((home, nth) =>
    countySchools(home, nth, part(streams, homes.length, nth), isOfTwo || students >= PUPILS_A_COUNTY),
  );
};

/** What is left over goes to the last ones, of which the second has the more schools. */
const part = (whole: number, parts: number, nth: number): number =>
  Math.floor(whole / parts) + (nth >= parts - (whole % parts) ? 1 : 0);

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
    ...(nineYear ? [made(['PRIMARY', 'JUNIOR'], 1, large ? privateOf(home) : {})] : []),
    ...of('PRIMARY', streams - both),
    ...of('JUNIOR', streams - both),
    ...seniorSchools(nth, Math.max(1, Math.round(streams * SENIOR_SHARE)), large, made),
  ];
};

/** A private school that answers to the city, while its registrations are the county's (TRF-25). */
const privateOf = ({ parent }: OrgUnit): Partial<SchoolSketch> => ({
  ownership: 'PRIVATE',
  ...(parent === null ? {} : { competentAuthority: parent }),
});

type Make = (stages: readonly Teaching[], size: number, more?: Partial<SchoolSketch>) => SchoolSketch;

const seniorSchools = (nth: number, size: number, large: boolean, made: Make): SchoolSketch[] => {
  const runBy = (['PROVINCE', 'CITY'] as const)[nth];
  if (runBy === undefined) return [made(['SENIOR'], size)];
  if (!large || size < 2) return [made(['SENIOR'], size, { managedBy: runBy })];
  return [made(['SENIOR'], Math.max(1, size - 1)), made(['SENIOR'], 1, { managedBy: runBy })];
};
