import type { YearRegistry } from './registry.ts';

type Row = { kind: string; count: number };

const late = `(coalesce(decided_at at time zone 'Asia/Shanghai', $1::timestamptz at time zone 'Asia/Shanghai'))::date > due_on`;

/** The same of a step `s` of a course `c`, which ends with the course. */
const lateStep = late
  .replaceAll('decided_at', 'coalesce(s.decided_at, c.ended_at)')
  .replaceAll('due_on', 's.due_on');

/** Counts by kind what was done after its day, or has not been done although its day is over. */
export const overdueSteps = async (registry: YearRegistry): Promise<Record<string, number>> => {
  const now = registry.clock.now();
  const today = registry.clock.today();
  const rows = [
    ...(await registry.rows<Row>(
      'enrollment',
      `select 'case ' || c.kind || ' at ' || s.party as kind, count(*)::int as count
       from case_step s join enrollment_case c using (person_id, case_id)
       where not s.provisional and ${lateStep}
       group by 1`,
      [now],
    )),
    ...(await registry.rows<Row>(
      'enrollment',
      `select 'registration' as kind, count(*)::int as count from enrollment
       where channel <> 'PREVIOUS_RECORD_TRANSFER' and not due_provisional and ${late}`,
      [now],
    )),
    ...(await registry.rows<Row>(
      'enrollment',
      `select 'dropout entry' as kind, count(*)::int as count from dropout_entry
       where ended_at is null and next_action_on < $1::date`,
      [today],
    )),
    ...(await registry.rows<Row>(
      'enrollment',
      `select 'deferral' as kind, count(*)::int as count from deferral where not provisional and ${late}`,
      [now],
    )),
    ...(await registry.rows<Row>(
      'identity',
      `select 'problem record' as kind, count(*)::int as count from problem_record
       where state not in ('DISMISSED', 'RESOLVED', 'OUT_OF_SCOPE') and not provisional and due_on < $1::date`,
      [today],
    )),
    ...(await registry.rows<Row>(
      'identity',
      `select 'key change at ' || s.party as kind, count(*)::int as count
       from key_change_step s join key_change c using (person_id, change_id)
       where not s.provisional and ${lateStep}
       group by 1`,
      [now],
    )),
    ...(await registry.rows<Row>(
      'identity',
      `select 'information update at ' || s.party as kind, count(*)::int as count
       from update_step s join information_update c using (person_id, update_id)
       where not s.provisional and ${lateStep}
       group by 1`,
      [now],
    )),
    ...(await registry.rows<Row>(
      'organization',
      `select 'correction order' as kind, count(*)::int as count from correction_order
       where not provisional and (escalated_at is not null
         or (state <> 'CLOSED' and due_on < $1::date))`,
      [today],
    )),
  ];
  return Object.fromEntries(
    rows
      .filter(({ count }) => count > 0)
      .sort((a, b) => (a.kind < b.kind ? -1 : 1))
      .map(({ kind, count }) => [kind, count]),
  );
};
