import type { ClockRows } from '#libs/platform/standing/clock-counts.ts';

/** Open steps of running cases. */
export const transferClocks: readonly ClockRows[] = [
  {
    kind: 'TRANSFER',
    open: `from transfer_step as step join transfer_case as known using (case_id)
           where step.decided_at is null and known.ended_at is null`,
    due: 'step.due_on',
    firm: 'not step.provisional',
  },
];
