import type { Decided } from '../actors/mergers.ts';
import type { World } from '../world/world.ts';
import type { Invariant } from './invariant.ts';

const questions: readonly { sentence: string; text: string }[] = [
  {
    sentence: 'registrations are left',
    text: 'select count(*)::int as count from enrollment where school = $1 and active',
  },
  {
    sentence: 'classes with pupils are left',
    text: 'select count(*)::int as count from school_class where school = $1 and size > 0',
  },
  {
    sentence: 'running cases are left',
    text: `select count(*)::int as count from enrollment_case where school = $1 and state = 'RUNNING'`,
  },
  {
    sentence: 'steps wait',
    text: `select count(*)::int as count from case_step s join enrollment_case c using (person_id, case_id)
           where s.unit = $1 and s.decided_at is null and c.state = 'RUNNING'`,
  },
  {
    sentence: 'places are left',
    text: `select count(*)::int as count from entry_place where school = $1 and state in ('GRANTED', 'EXTENDED')`,
  },
  {
    sentence: 'entries of the dropout ledger are left',
    text: 'select count(*)::int as count from dropout_entry where school = $1 and ended_at is null',
  },
];

/** At a school that has gone on in another one nothing is left that goes on. */
export const mergers: Invariant = async ({ shared: { registry, memory } }: World) => {
  const told: string[] = [];
  const decided = (memory.get('mergers') ?? []) as readonly Decided[];
  for (const { ending } of decided.filter(({ isDone }) => isDone)) {
    for (const { sentence, text } of questions) {
      const [row] = await registry.rows<{ count: number }>('enrollment', text, [ending.code]);
      if ((row?.count ?? 0) > 0) told.push(`school ${ending.code} has ended, and ${row?.count} ${sentence}`);
    }
    const [row] = await registry.rows<{ count: number }>(
      'identity',
      'select count(*)::int as count from person where school = $1 and registered',
      [ending.code],
    );
    if ((row?.count ?? 0) > 0)
      told.push(`school ${ending.code} has ended, and identity knows ${row?.count} children there`);
  }
  return told;
};
