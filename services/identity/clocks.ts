import type { ClockRows } from '#libs/platform/standing/clock-counts.ts';

/** Open steps of key-information changes, and problem records that nobody has settled. */
export const identityClocks: readonly ClockRows[] = [
  {
    kind: 'KEY_CHANGE',
    open: `from key_change_step as step join key_change as known using (person_id, change_id)
           where step.decided_at is null and known.ended_at is null`,
    due: 'step.due_on',
    firm: 'not step.provisional',
  },
  {
    kind: 'PROBLEM_RECORD',
    open: `from problem_record where settled_at is null`,
    due: 'due_on',
    firm: 'not provisional',
  },
];
