import type { ClockRows } from '#libs/platform/standing/clock-counts.ts';

/** Tickets that have not ended and wait for somebody. */
export const ticketClocks: readonly ClockRows[] = [
  {
    kind: 'TICKET',
    open: `from ticket where ended_at is null and due_on is not null`,
    due: 'due_on',
    firm: 'not due_provisional',
  },
];
