import { CountyNotified, CountyTermChecked } from '#libs/contracts/events/term-duty.ts';
import type { IsoDate } from '#libs/law/dates.ts';
import { shanghaiDate } from '#libs/law/dates.ts';
import { type Columns, insertRows } from '#libs/platform/database/insert.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { type Recorded, recordEvents, recorded } from '#libs/platform/events/outbox.ts';
import type { DutyDone, TermOfYear } from './duty.ts';
import { TermDutyTable } from './duty-table.ts';

/** What the owners have done of a term, within the scope, by their codes. */
export const dutiesDone = async (
  tx: Tx,
  { schoolYear, term }: TermOfYear,
  owners: readonly string[],
): Promise<Map<string, DutyDone>> => {
  const rows = await tx.find(TermDutyTable, { owner: { $in: [...owners] }, schoolYear, term });
  return new Map(rows.map((row) => [row.owner, { ...row }]));
};

/** Aggregate of a duty: `term-duty:<owner>:<year>:<term>`, which has one version. */
export const aggregateOf = ({ owner, schoolYear, term }: DutyDone): string =>
  `term-duty:${owner}:${schoolYear}:${term}`;

/** Writes that a duty was done, with its event; false, and nothing written, where it was done before. */
export const saveDuty = async (tx: Tx, done: DutyDone, at: string): Promise<boolean> => {
  const written = await insertRows<{ owner: string }>(
    tx,
    'term_duty',
    columns,
    [rowOf(done)],
    'on conflict (owner, school_year, term) do nothing returning owner',
  );
  if (written.length === 0) return false;
  await recordEvents(tx, at, [eventOf(done)]);
  return true;
};

const eventOf = (done: DutyDone): Recorded => {
  const { schoolYear, term, owner, county, province, transferredIn, transferredOut } = done;
  const day: IsoDate = shanghaiDate(done.doneAt);
  const which = { schoolYear, term, county, province };
  return done.kind === 'COUNTY_CHECK'
    ? recorded(CountyTermChecked, aggregateOf(done), 1, { ...which, checkedOn: day })
    : recorded(CountyNotified, aggregateOf(done), 1, {
        ...which,
        school: owner,
        transferredIn: transferredIn ?? 0,
        transferredOut: transferredOut ?? 0,
        notifiedOn: day,
      });
};

const columns: Columns = [
  ['owner', 'text'],
  ['school_year', 'int'],
  ['term', 'int'],
  ['kind', 'text'],
  ['county', 'text'],
  ['province', 'text'],
  ['place', 'bigint'],
  ['told_place', 'bigint'],
  ['note', 'text'],
  ['transferred_in', 'int'],
  ['transferred_out', 'int'],
  ['opens_on', 'date'],
  ['closes_on', 'date'],
  ['done_at', 'timestamptz'],
  ['done_by', 'text'],
];

/** The values in the order of `columns`. */
const rowOf = (done: DutyDone): unknown[] => [
  done.owner,
  done.schoolYear,
  done.term,
  done.kind,
  done.county,
  done.province,
  done.place,
  done.toldPlace,
  done.note,
  done.transferredIn,
  done.transferredOut,
  done.opensOn,
  done.closesOn,
  done.doneAt.toISOString(),
  done.doneBy,
];
