import type { ServiceName } from '#libs/contracts/vocabulary.ts';
import type { YearRegistry } from './registry.ts';

type Row = { kind: string; count: number };

/** What is counted in a service's database: under which name, of which rows, and which of them are late. */
type Question = { of: ServiceName; kind: string; from: string; late: string };

const dayOf = (instant: string): string => `(${instant} at time zone 'Asia/Shanghai')::date`;
const now = '$1::timestamptz';
const today = dayOf(now);

/** What should have been decided by its day, and was later or is not yet. */
const decidedLate = `${dayOf(`coalesce(decided_at, ${now})`)} > due_on`;

/** The same of a step `s` of a course `c`, which ends with the course. */
const stepLate = `not s.provisional and ${dayOf(`coalesce(s.decided_at, c.ended_at, ${now})`)} > s.due_on`;

const questions: readonly Question[] = [
  {
    of: 'enrollment',
    kind: `'case ' || c.kind || ' at ' || s.party`,
    from: 'case_step s join enrollment_case c using (person_id, case_id)',
    late: stepLate,
  },
  {
    of: 'enrollment',
    kind: `'registration'`,
    from: 'enrollment',
    late: `channel <> 'PREVIOUS_RECORD_TRANSFER' and not due_provisional and ${decidedLate}`,
  },
  {
    of: 'enrollment',
    kind: `'dropout entry'`,
    from: 'dropout_entry',
    late: `ended_at is null and next_action_on < ${today}`,
  },
  { of: 'enrollment', kind: `'deferral'`, from: 'deferral', late: `not provisional and ${decidedLate}` },
  {
    of: 'identity',
    kind: `'problem record'`,
    from: 'problem_record',
    late: `state not in ('DISMISSED', 'RESOLVED', 'OUT_OF_SCOPE') and not provisional and due_on < ${today}`,
  },
  {
    of: 'identity',
    kind: `'key change at ' || s.party`,
    from: 'key_change_step s join key_change c using (person_id, change_id)',
    late: stepLate,
  },
  {
    of: 'identity',
    kind: `'information update at ' || s.party`,
    from: 'update_step s join information_update c using (person_id, update_id)',
    late: stepLate,
  },
  {
    of: 'transfer',
    kind: `'transfer at ' || s.party`,
    from: 'transfer_step s join transfer_case c using (case_id)',
    late: stepLate,
  },
  {
    of: 'organization',
    kind: `'correction order'`,
    from: 'correction_order',
    late: `not provisional and (escalated_at is not null or (state <> 'CLOSED' and due_on < ${today}))`,
  },
  {
    of: 'complaint-ticket',
    kind: `'ticket ' || clock`,
    from: 'ticket_clock',
    late: `not provisional and due_at <= coalesce(ended_at, ${now})`,
  },
];

/** Counts by kind what was done after its day, or has not been done although its day is over. */
export const overdueSteps = async (registry: YearRegistry): Promise<Record<string, number>> => {
  const counts: [string, number][] = [];
  for (const { of, kind, from, late } of questions) {
    const rows = await registry.rows<Row>(
      of,
      `select ${kind} as kind, count(*)::int as count from ${from} where ${late} group by 1`,
      [registry.clock.now()],
    );
    counts.push(...rows.map((row): [string, number] => [row.kind, row.count]));
  }
  return Object.fromEntries(counts.sort(([a], [b]) => (a < b ? -1 : 1)));
};
