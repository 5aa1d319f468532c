import { type Envelope, readEvent } from '#libs/contracts/envelope.ts';
import { EnrollmentHandedOver } from '#libs/contracts/events/enrollment.ts';
import { shanghaiDate } from '#libs/law/dates.ts';
import type { Term } from '#libs/law/organization/term-calendar.ts';
import { insertRows } from '#libs/platform/database/insert.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { query } from '#libs/platform/database/query.ts';
import type { Projection } from '#libs/platform/events/projection.ts';
import type { Transfers } from './duty.ts';

const apply = async (tx: Tx, events: readonly Envelope[]): Promise<void> => {
  const transfers = events
    .map((event) => ({ ...readEvent(EnrollmentHandedOver, event), on: shanghaiDate(new Date(event.time)) }))
    .filter(({ reason }) => reason === 'TRANSFER');
  await insertRows(
    tx,
    'school_transfer',
    [
      ['enrollment', 'uuid'],
      ['from_school', 'text'],
      ['to_school', 'text'],
      ['moved_on', 'date'],
    ],
    transfers.map(({ enrollment, from, school, on }) => [enrollment, from.school, school, on]),
    'on conflict do nothing',
  );
};

/** Who was transferred from which school to which, and when: what schools run from above tell the county of (ORG-12). */
export const schoolTransfers: Projection = {
  name: 'organization-school-transfers',
  sources: ['enrollment'],
  types: [EnrollmentHandedOver.type],
  tables: ['school_transfer'],
  apply,
};

export const noTransfers: Transfers = { transferredIn: 0, transferredOut: 0 };

/** Transfers of each school in its term, first and last day included. */
export const transfersIn = async (
  tx: Tx,
  asked: readonly { school: string; term: Term }[],
): Promise<(school: string) => Transfers> => {
  if (asked.length === 0) return () => noTransfers;
  const rows = await query<Transfers & { school: string }>(
    tx,
    `select a.school,
       (select count(*)::int from school_transfer t
        where t.to_school = a.school and t.moved_on between a.opens and a.closes) as "transferredIn",
       (select count(*)::int from school_transfer t
        where t.from_school = a.school and t.moved_on between a.opens and a.closes) as "transferredOut"
     from unnest($1::text[], $2::date[], $3::date[]) as a (school, opens, closes)`,
    [
      asked.map(({ school }) => school),
      asked.map(({ term }) => term.opensOn),
      asked.map(({ term }) => term.closesOn),
    ],
  );
  const bySchool = new Map(rows.map(({ school, ...transfers }) => [school, transfers]));
  return (school) => bySchool.get(school) ?? noTransfers;
};
