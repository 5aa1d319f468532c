import type { CheckNotes } from '../actors/term-checks.ts';
import type { Invariant } from './invariant.ts';

type Row = { key: string; school: string; state: string; closesOn: string; faults: number };

/**
 * A check that was acknowledged stands as confirmed, every other one is open until its term ends and on record as missing
 * from the day after, each once, in the counts of the nation as well; and every fault that was named has a problem record.
 */
export const termChecks: Invariant = async (world) => {
  const notes = (world.shared.memory.get('term checks') ?? new Map()) as CheckNotes;
  const { registry } = world.shared;
  const rows = await registry.rows<Row>(
    'statistics',
    `select concat_ws(' ', school, school_year, term) as key, school, state, closes_on::text as "closesOn",
       (select count(*)::int from term_fault f where f.school = c.school and f.school_year = c.school_year and f.term = c.term) as faults
     from term_check c`,
  );
  const told: string[] = [];
  for (const { key, school, state, closesOn, faults } of rows) {
    const note = notes.get(key);
    const isConfirmed = state === 'SCHOOL_CHECKED' || state === 'COUNTY_CHECKED';
    const isOver = closesOn < world.today;
    if (isConfirmed !== (note !== undefined && note.confirmedOn !== null))
      told.push(`${key}: the check of a term is ${state}, acknowledged was another state`);
    const hasEnded = world.shared.successors.has(school);
    if (!isConfirmed && !hasEnded && state !== (isOver ? 'MISSING' : 'CHECK_OPEN'))
      told.push(`${key}: the check of a term that ended on ${closesOn} is ${state}`);
    if (faults !== (note?.faults.length ?? 0))
      told.push(`${key}: the faults of a check are others than named`);
  }
  const [counted] = await registry.rows<{ n: number | null }>(
    'statistics',
    `select sum(n)::int as n from term_cell where place = 0 and measure not like 'COUNTY\\_%' and width =
       (select max(width) from term_cell)`,
  );
  if ((counted?.n ?? 0) + (await countyChecked(world)) !== rows.length)
    told.push(`the nation counts others than its ${rows.length} checks of terms`);
  return [...told, ...(await withoutRecord(world, notes))];
};

/** Checks that the county has looked at; their measure begins as those of counties do. */
const countyChecked = async ({ shared: { registry } }: Parameters<Invariant>[0]): Promise<number> => {
  const [row] = await registry.rows<{ n: number }>(
    'statistics',
    `select coalesce(sum(n), 0)::int as n from term_cell where place = 0 and measure = 'COUNTY_CHECKED' and width =
       (select max(width) from term_cell)`,
  );
  return row?.n ?? 0;
};

const withoutRecord = async (
  { shared: { registry } }: Parameters<Invariant>[0],
  notes: CheckNotes,
): Promise<string[]> => {
  const named = [...notes.values()].flatMap(({ faults }) => faults);
  const found = await registry.rows<{ person: string }>(
    'identity',
    `select distinct person_id as person from problem_record where person_id = any($1::uuid[])
       and kind = 'PERSON_RECORD_SEPARATED'`,
    [named],
  );
  const lost = new Set(named).size - found.length;
  return lost === 0 ? [] : [`${lost} faults of checks have no problem record`];
};
