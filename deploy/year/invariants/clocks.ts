import type { ServiceName } from '#libs/contracts/vocabulary.ts';
import type { Invariant } from './invariant.ts';

/** What runs and has no day on which it is due; the texts set none for what is left out here. */
const questions: readonly { service: ServiceName; sentence: string; text: string }[] = [
  {
    service: 'enrollment',
    sentence: 'running cases have no step with a term',
    text: `select count(*)::int as count from enrollment_case c where state = 'RUNNING' and
             (select count(*) from case_step s where s.person_id = c.person_id and s.case_id = c.case_id
                and s.decided_at is null and s.due_on is not null) <> 1`,
  },
  {
    service: 'enrollment',
    sentence: 'ended cases have a step that still runs',
    text: `select count(*)::int as count from enrollment_case c join case_step s using (person_id, case_id)
           where c.state in ('DONE', 'REFUSED') and s.decided_at is null`,
  },
  {
    service: 'enrollment',
    sentence: 'registrations wait without a day',
    text: `select count(*)::int as count from enrollment
           where status in ('PENDING_APPROVAL', 'RETURNED_TO_SCHOOL') and due_on is null`,
  },
  {
    service: 'enrollment',
    sentence: 'open entries of the dropout ledger have no next action',
    text: `select count(*)::int as count from dropout_entry where ended_at is null and next_action_on is null`,
  },
  {
    service: 'enrollment',
    sentence: 'deferrals wait without a day',
    text: `select count(*)::int as count from deferral where state = 'APPLIED' and due_on is null`,
  },
  {
    service: 'enrollment',
    sentence: 'monthly lists have no day',
    text: `select count(*)::int as count from grade_batch where status <> 'CHECKED' and due_on is null`,
  },
  {
    service: 'enrollment',
    sentence: 'intakes were never finished',
    text: `select count(*)::int as count from intake where state = 'COLLECTING'`,
  },
  {
    service: 'identity',
    sentence: 'open problem records have no day',
    text: `select count(*)::int as count from problem_record
           where state not in ('DISMISSED', 'RESOLVED', 'OUT_OF_SCOPE') and due_on is null`,
  },
  {
    service: 'identity',
    sentence: 'running changes of key information have no step with a term',
    text: `select count(*)::int as count from key_change c where ended_at is null and
             (select count(*) from key_change_step s where s.person_id = c.person_id and s.change_id = c.change_id
                and s.decided_at is null and s.due_on is not null) <> 1`,
  },
  {
    service: 'identity',
    sentence: 'running changes of information have no step with a term',
    text: `select count(*)::int as count from information_update u where state in ('SCHOOL_REVIEW', 'AUTHORITY_REVIEW')
             and (select count(*) from update_step s where s.person_id = u.person_id and s.update_id = u.update_id
                and s.decided_at is null and s.due_on is not null) <> 1`,
  },
  {
    service: 'organization',
    sentence: 'open orders to correct have no day',
    text: `select count(*)::int as count from correction_order where state <> 'CLOSED' and due_on is null`,
  },
  {
    service: 'organization',
    sentence: 'open accounts are never looked at again',
    text: `select count(*)::int as count from registrar
           where activated_at is not null and replaced_at is null and next_check_on is null`,
  },
];

/** Everything that is open has a day on which somebody must act. */
export const clocks: Invariant = async ({ shared: { registry } }) => {
  const told: string[] = [];
  for (const { service, sentence, text } of questions) {
    const [row] = await registry.rows<{ count: number }>(service, text);
    if ((row?.count ?? 0) > 0) told.push(`${row?.count} ${sentence}`);
  }
  return told;
};
