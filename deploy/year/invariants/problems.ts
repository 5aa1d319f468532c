import type { World } from '../world/world.ts';
import type { Invariant } from './invariant.ts';

type Row = { id: string; state: string; version: number; events: number };

/** What happens to a record without anybody at a desk: the child goes on, or leaves the scope. */
const GOES_ON = new Set(['PASSED_ON', 'OUT_OF_SCOPE']);
const SETTLED = new Set(['RESOLVED', 'DISMISSED']);

/**
 * Every problem record stands where it was acknowledged to stand unless the child has gone on since, has its whole
 * history, and is in the hands of the child's school or of its authority; nobody went without a number and without one.
 */
export const problems: Invariant = async (world) => [
  ...(await records(world)),
  ...(await counted(
    world,
    'problem records are in the hands of a school that has nothing to do with the child',
    `select count(*)::int as count from problem_record r join person p using (person_id)
     left join school_ref s on s.code = p.school
     where r.state in ('OPEN', 'VERIFYING', 'SETTLING', 'PASSED_ON', 'DELETION_REQUESTED')
       and r.turn not in (p.school, coalesce(s.authority, p.school))`,
  )),
  ...(await counted(
    world,
    'children were compared, have no formal number and no problem record',
    `select count(*)::int as count from person p where p.registered and p.number_kind = 'L_TEMPORARY'
       and p.comparison = 'FAIL' and not exists (select from problem_record r where r.person_id = p.person_id)`,
  )),
];

const records = async ({ shared: { registry, identity } }: World): Promise<string[]> => {
  const rows = await registry.rows<Row>(
    'identity',
    `select r.person_id || '.' || r.problem_id as id, r.state, r.version,
       (select count(*)::int from problem_event e where e.person_id = r.person_id and e.problem_id = r.problem_id) as events
     from problem_record r`,
  );
  const told: string[] = [];
  const known = new Map(rows.map((row) => [row.id, row]));
  for (const [id, { state, pupil }] of identity.problems) {
    const is = known.get(id)?.state ?? 'nowhere';
    if (is !== state && (SETTLED.has(state) || !GOES_ON.has(is)))
      told.push(`${pupil.key}: a problem record is ${is}, acknowledged was ${state}`);
  }
  const torn = rows.filter(({ version, events }) => version !== events).length;
  return torn === 0 ? told : [...told, `${torn} problem records have not their whole history`];
};

const counted = async (
  { shared: { registry } }: World,
  sentence: string,
  text: string,
): Promise<string[]> => {
  const [row] = await registry.rows<{ count: number }>('identity', text);
  return (row?.count ?? 0) === 0 ? [] : [`${row?.count} ${sentence}`];
};
