import type { ClockRows } from '#libs/platform/standing/clock-counts.ts';

/** Correction orders that are not closed. */
export const correctionClocks: readonly ClockRows[] = [
  {
    kind: 'CORRECTION',
    open: `from correction_order where state <> 'CLOSED'`,
    due: 'due_on',
    firm: 'not provisional',
  },
];
