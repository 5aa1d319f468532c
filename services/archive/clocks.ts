import type { ClockRows } from '#libs/platform/standing/clock-counts.ts';

/** Archives that somebody still owes to another custodian. */
export const archiveClocks: readonly ClockRows[] = [
  {
    kind: 'HAND_OVER',
    open: `from archive where owed_to is not null and passed_on_on is null`,
    due: 'owed_due_on',
  },
];
