import type { Invariant } from './invariant.ts';

const questions: readonly { sentence: string; text: string }[] = [
  {
    sentence: 'files were called up of pupils who had not reported',
    text: `select count(*)::int as count from transfer_call_up u join transfer_case c using (case_id)
           where u.called_up_at is not null and (u.reported_on is null
             or u.reported_on > (u.called_up_at at time zone 'Asia/Shanghai')::date
             or u.reported_on < (c.started_at at time zone 'Asia/Shanghai')::date)`,
  },
  {
    sentence: 'files were called up later than on the last day',
    text: `select count(*)::int as count from transfer_call_up
           where (called_up_at at time zone 'Asia/Shanghai')::date > due_on and not provisional`,
  },
  {
    sentence: 'registrations went to another province and nobody had called them up',
    text: `select count(*)::int as count from transfer_case c where c.state = 'HANDED_OVER'
           and c.source_province <> c.target_province and not exists (select from transfer_call_up u
             where u.case_id = c.case_id and u.called_up_at is not null)`,
  },
  {
    sentence: 'transfers were cancelled although the file was called up, or before its last day was over',
    text: `select count(*)::int as count from transfer_case c join transfer_call_up u using (case_id)
           where c.state = 'AUTO_CANCELLED' and (u.called_up_at is not null
             or (c.ended_at at time zone 'Asia/Shanghai')::date <= u.due_on)`,
  },
  {
    sentence: 'transfers wait for a pupil whose last day is over',
    text: `select count(*)::int as count from transfer_case c join transfer_call_up u using (case_id)
           where c.state = 'AWAIT_REPORTING' and not u.provisional and u.due_on < $1::date`,
  },
];

/**
 * Across provinces a file is called up in time and for somebody who has reported, or the case is cancelled by itself
 * (TRF-32, TRF-33).
 */
export const callUps: Invariant = async ({ shared: { registry }, today }) => {
  const told: string[] = [];
  for (const { sentence, text } of questions) {
    const parameters = text.includes('$1') ? [today] : [];
    const [row] = await registry.rows<{ count: number }>('transfer', text, parameters);
    if ((row?.count ?? 0) > 0) told.push(`${row?.count} ${sentence}`);
  }
  return told;
};
