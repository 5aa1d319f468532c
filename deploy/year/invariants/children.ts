import { provinceOf } from '../world/province-of.ts';
import type { ProvinceFlow } from '../world/roster.ts';
import type { World } from '../world/world.ts';
import type { Invariant } from './invariant.ts';

type Here = { province: string; school: string; children: number };
type Crossing = { way: string; count: number };
type HandedOver = { person: string; target: string; endedOn: string };
type Present = { person: string; school: string };
type Reported = { person: string; school: string; reportedOn: string };

const presentRows = `select distinct on (person_id) person_id, school, province, status, active
  from enrollment order by person_id, active desc, registered_at desc, enrollment_id desc`;

/** Nobody is active anywhere whose last registration is one of somebody in school. */
const nowhere = `select count(*)::int as count from (${presentRows}) p
  where not p.active and p.status in ('PENDING_APPROVAL', 'RETURNED_TO_SCHOOL', 'IN_SCHOOL', 'SUSPENDED', 'ADMITTED')`;

const bySchool = `select left(province, 2) as province, school, count(*)::int as children from (${presentRows}) p group by 1, 2`;

const crossings = `select left(source_province, 2) || '>' || left(target_province, 2) as way, count(*)::int as count
  from transfer_case where state = 'HANDED_OVER' and source_province <> target_province group by 1`;

/** The last case of each child that was handed over. */
const handedOver = `select distinct on (person_id) person_id as person, target_school as target,
    (ended_at at time zone 'Asia/Shanghai')::date::text as "endedOn"
  from transfer_case where state = 'HANDED_OVER' order by person_id, ended_at desc`;

const reported = `select person_id as person, school, reported_on::text as "reportedOn"
  from admission where state = 'REPORTED' and reported_on is not null`;

/**
 * No child is lost between schools and provinces: nobody who was in school is nowhere; every province has those who were
 * there and who came, without those who went, and what one lost another has got; and who was transferred is where the last
 * case that was handed over says, or has gone on from there.
 */
export const children: Invariant = async (world) => [
  ...(await lost(world)),
  ...(await conserved(world)),
  ...(await whereHandedOver(world)),
];

const lost = async ({ shared: { registry } }: World): Promise<string[]> => {
  const [row] = await registry.rows<{ count: number }>('enrollment', nowhere);
  return (row?.count ?? 0) === 0 ? [] : [`${row?.count} children who were in school are nowhere`];
};

const conserved = async ({ shared: { registry }, roster }: World): Promise<string[]> => {
  const here = await registry.rows<Here>('enrollment', bySchool);
  const strayed = here.filter(({ province, school }) => provinceOf(school) !== province);
  const counted = new Map<string, number>();
  for (const { province, children: count } of here)
    counted.set(province, (counted.get(province) ?? 0) + count);
  const made = await registry.rows<Crossing>('transfer', crossings);
  return [
    ...strayed.map(({ school, province }) => `school ${school} has children of province ${province}`),
    ...balances(roster.provinces(), counted),
    ...ways(roster.crossings(), new Map(made.map(({ way, count }) => [way, count]))),
  ];
};

const sumOf = (numbers: Iterable<number>): number => [...numbers].reduce((sum, each) => sum + each, 0);

const balances = (
  flows: ReadonlyMap<string, ProvinceFlow>,
  counted: ReadonlyMap<string, number>,
): string[] => {
  const provinces = [...new Set([...flows.keys(), ...counted.keys()])].sort();
  const met = sumOf([...flows.values()].map(({ found, entered }) => found + entered));
  const all = sumOf(counted.values());
  return [
    ...(met === all ? [] : [`${met} children were met in all, and ${all} are there`]),
    ...provinces.flatMap((province) => {
      const { found, entered, came, went } = flows.get(province) ?? {
        found: 0,
        entered: 0,
        came: 0,
        went: 0,
      };
      const is = counted.get(province) ?? 0;
      return found + entered + came - went === is
        ? []
        : [
            `province ${province}: ${found} and ${entered} children, ${came} came, ${went} went, but ${is} are there`,
          ];
    }),
  ];
};

const ways = (acknowledged: ReadonlyMap<string, number>, made: ReadonlyMap<string, number>): string[] =>
  [...new Set([...acknowledged.keys(), ...made.keys()])]
    .sort()
    .filter((way) => (acknowledged.get(way) ?? 0) !== (made.get(way) ?? 0))
    .map(
      (way) =>
        `${made.get(way) ?? 0} cases moved children ${way}, acknowledged were ${acknowledged.get(way) ?? 0}`,
    );

const whereHandedOver = async (world: World): Promise<string[]> => {
  const { registry } = world.shared;
  const cases = await registry.rows<HandedOver>('transfer', handedOver);
  const present = await registry.rows<Present>(
    'enrollment',
    `select person_id as person, school from (${presentRows}) p`,
  );
  const schools = new Map(present.map(({ person, school }) => [person, school]));
  const gone = Map.groupBy(await registry.rows<Reported>('enrollment', reported), ({ person }) => person);
  const elsewhere = cases.filter(({ person, target, endedOn }) => {
    const later = (gone.get(person) ?? []).filter(({ reportedOn }) => reportedOn > endedOn);
    const may = [target, ...later.map(({ school }) => school)].map((school) => world.standing(school));
    return !may.includes(schools.get(person) ?? '');
  });
  return elsewhere.length === 0
    ? []
    : [`${elsewhere.length} children are elsewhere than the last transfer that was handed over says`];
};
