import type { ClockRows } from '#libs/platform/standing/clock-counts.ts';

/** Batches of outcomes that nobody has decided. */
export const certificateClocks: readonly ClockRows[] = [
  {
    kind: 'OUTCOMES',
    open: `from outcome_batch where decided_at is null`,
    due: 'due_on',
    firm: 'not provisional',
  },
];
