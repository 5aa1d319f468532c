import type { YearRegistry } from '../registry.ts';
import { type Pupil, stands } from '../world/roster.ts';
import type { Invariant } from './invariant.ts';

type Row = { person: string; school: string; stage: string; year: number; status: string };

const present = `select distinct on (person_id) person_id as person, school, stage, entry_year_adj as year, status
  from enrollment order by person_id, active desc, registered_at desc, enrollment_id desc`;

/**
 * What was acknowledged is what is on record, for every child: nobody lost, doubled or elsewhere; and for every school
 * what was there at the beginning, with those who came and without those who left, is what is there.
 */
export const registers: Invariant = async ({ shared, roster }) => {
  const rows = await shared.registry.rows<Row>('enrollment', present);
  const known = new Map(rows.map((row) => [row.person, row]));
  return [
    ...(await doubled(shared.registry)),
    ...roster.all().flatMap((pupil) => differenceOf(pupil, known.get(pupil.person))),
    ...rows
      .filter(({ person }) => roster.of(person) === undefined)
      .map(({ school, status }) => `school ${school} has a registration (${status}) that nobody was told of`),
    ...balances(roster.flows(), rows),
    ...(await seats(shared.registry)),
  ];
};

/** A class is as large as the number of pupils who sit in it. */
const seats = async (registry: YearRegistry): Promise<string[]> => {
  const rows = await registry.rows<{ school: string; size: number; pupils: number }>(
    'enrollment',
    `select c.school, c.size, count(e.person_id)::int as pupils from school_class c
     left join enrollment e on e.class_id = c.class_id and e.active
     group by c.class_id, c.school, c.size having c.size <> count(e.person_id) order by c.school`,
  );
  return rows.map(({ school, size, pupils }) => `school ${school}: a class of ${size} has ${pupils} pupils`);
};

const doubled = async (registry: YearRegistry): Promise<string[]> => {
  const found = await registry.rows<{ count: number }>(
    'enrollment',
    `select count(*)::int as count from (select 1 from enrollment where active group by person_id having count(*) > 1) d`,
  );
  const count = found[0]?.count ?? 0;
  return count === 0 ? [] : [`${count} children have more than one active registration`];
};

const differenceOf = (pupil: Pupil, row: Row | undefined): string[] => {
  if (row === undefined) return [`${pupil.key}: no registration, though one was acknowledged`];
  return (['school', 'stage', 'status'] as const)
    .filter((field) => row[field] !== pupil[field])
    .map((field) => `${pupil.key}: ${field} is ${row[field]}, acknowledged was ${pupil[field]}`)
    .concat(
      row.year === pupil.entryYearAdj
        ? []
        : [`${pupil.key}: cohort is ${row.year}, acknowledged was ${pupil.entryYearAdj}`],
    );
};

const balances = (
  flows: ReadonlyMap<string, { opening: number; in: number; out: number }>,
  rows: readonly Row[],
): string[] => {
  const closing = new Map<string, number>();
  for (const { school, status } of rows)
    if (stands(status as Pupil['status'])) closing.set(school, (closing.get(school) ?? 0) + 1);
  return [...new Set([...flows.keys(), ...closing.keys()])].sort().flatMap((school) => {
    const { opening, in: came, out: left } = flows.get(school) ?? { opening: 0, in: 0, out: 0 };
    const is = closing.get(school) ?? 0;
    return opening + came - left === is
      ? []
      : [`school ${school}: ${opening} at the beginning, ${came} came, ${left} left, but ${is} are there`];
  });
};
