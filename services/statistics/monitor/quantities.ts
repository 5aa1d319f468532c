import { MEASURES } from '../stock/attributes.ts';

/**
 * The monitored quantities (STA-09), each from where it is counted already. NUMBERS: current numbers of registered pupils by
 * kind. NUMBERS_ENDED: superseded, deleted, closed ones. ARCHIVE_LAPSES: what was owed to archives and not done in its time, by
 * rule. SEATS_HELD: seats that running transfers hold at the receiving schools. UNVERIFIED_SCHOOLS: those that have not
 * confirmed the check of the last term that opened.
 */
export const QUANTITIES = [
  'NUMBERS',
  'NUMBERS_ENDED',
  'PROBLEM_RECORDS',
  'OVERDUE_STEPS',
  'TRANSFERS_PURGED',
  'TRANSFERS_CANCELLED',
  'ARCHIVE_LAPSES',
  'SEATS_HELD',
  'UNVERIFIED_SCHOOLS',
  'SEALED_ACCOUNTS',
] as const;
export type Quantity = (typeof QUANTITIES)[number];

/** A quantity of a unit; `kind` tells its parts apart where it has any. */
export type Counted = { quantity: Quantity; kind: string | null; count: number };

/** The name under which a quantity is kept: `NUMBERS:G_FORMAL`, `SEATS_HELD`. */
export const countedOf = (name: string, count: number): Counted | undefined => {
  const [quantity = '', kind = null] = name.split(':');
  const known = QUANTITIES.find((each) => each === quantity);
  return known && { quantity: known, kind, count };
};

const numberKinds = MEASURES.filter(({ attribute }) => attribute === 'NUMBER_KIND')
  .map(({ value, column }) => `('NUMBERS:${value}', ${column})`)
  .join(', ');

/**
 * What is counted now by (place, width, name, n), of the blocks that `only` picks: a condition on rows that have `place` and
 * `width`. No quantity is counted here anew.
 */
export const countedNow = (only: string): string => `
  select place, width, name, sum(n)::bigint as n from (
    select place, width, kind.name, kind.n from stock_cell
      cross join lateral (values ${numberKinds}) as kind (name, n) where ${only}
    union all select place, width, measure, n from monitor_cell where ${only}
    union all select place, width, 'PROBLEM_RECORDS:' || measure, n from problem_cell where ${only}
    union all select place, width, 'OVERDUE_STEPS', n from timeliness_cell where measure = 'OVERDUE' and ${only}
    union all select place, width, 'ARCHIVE_LAPSES:' || substr(measure, 9), n from timeliness_cell
      where measure like 'OMITTED:ARC-%' and ${only}
    union all select place, width, 'UNVERIFIED_SCHOOLS', n from (
      select *, rank() over (partition by place, width order by day desc) as nth from term_cell where ${only}) term
      where nth = 1 and measure in ('CHECK_OPEN', 'MISSING')
    union all select place, width, 'SEALED_ACCOUNTS', n from account_cell
      where measure = 'SEALED' and day = (select max(day) from account_cell) and ${only}
  ) counted where n <> 0 group by place, width, name having sum(n) <> 0`;
