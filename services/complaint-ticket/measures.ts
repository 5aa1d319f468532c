import type { Measure } from '#libs/platform/metrics/measures.ts';

/** Rows of the index by due day that are looked at, at most: beyond it the number says that it is as large. */
const MOST = 100_000;

/** What the database of tickets tells about clocks; `now` is business time, by which days end. */
export const createMeasures = (now: () => string): readonly Measure[] => [
  {
    name: 'xueji_ticket_clocks_due',
    help: `Due days of tickets that have ended and that nothing has followed from yet, up to ${MOST}`,
    statement: `select count(*) as value from (select 1 from ticket_clock
      where state = 'RUNNING' and missed_at is null and not provisional and due_at <= $1 limit ${MOST}) due`,
    parameters: () => [now()],
  },
  {
    name: 'xueji_tickets_overdue',
    help: `Open tickets whose nearest due day has passed, by kind, up to ${MOST} each`,
    labels: ['kind'],
    statement: `select kind, (select count(*) from (select 1 from ticket t where t.kind = known.kind and ended_at is null
        and not due_provisional and due_at <= $1 limit ${MOST}) late) as value
      from unnest($2::text[]) as known (kind)`,
    parameters: () => [now(), ['COMPLAINT', 'ISSUE', 'VERIFICATION', 'SUPERVISION', 'REPORT']],
    goodFor: 60_000,
  },
];
