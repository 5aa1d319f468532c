import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import {
  type Connection,
  connectionOf,
  type PageArguments,
  pageSize,
  readCursor,
} from '#libs/platform/subgraph/connection.ts';
import type { PlaceRange } from '../stock/blocks.ts';
import type { Version } from './version.ts';

/** A unit with steps whose ten working days would be over, were the calendar known by which they are counted. */
export type UntoldUnit = { unit: string; steps: number; since: string };

type Row = UntoldUnit & { place: string };

/** Before the start the receiving school's clock has not begun (CF-14). */
const untold = `provisional and late_since is null and party <> 'TARGET_SCHOOL'`;
const page = 'place between $2 and $3 and ($4::bigint is null or place > $4)';

const live = `select place, unit, count(*)::int as steps, min(report_due_on)::text as since from timeliness_step
  where ${untold} and settled_at is null and report_due_on < $1::date and ${page}
  group by place, unit order by place limit $5`;
const issued = `select place, unit, steps, since::text from issued_untold where month = $1::date and ${page}
  order by place limit $5`;

/** The units of a range whose steps cannot be told to be late, because a calendar is missing (STA-01, ORG-28), in the order of the tree. */
export const untoldUnits = async (
  tx: Tx,
  version: Version,
  today: string,
  range: PlaceRange,
  asked: PageArguments,
): Promise<Connection<UntoldUnit>> => {
  const size = pageSize(asked.first);
  const after = readCursor(asked.after, 1);
  const isIssued = version.kind === 'ISSUED';
  const rows = await query<Row>(tx, isIssued ? issued : live, [
    ...[isIssued ? version.firstDay : today, range.lo, range.hi],
    ...[after?.[0] ?? null, size + 1],
  ]);
  return connectionOf(
    rows,
    size,
    asked.after,
    ({ place }) => [Number(place)],
    ({ unit, steps, since }) => ({ unit, steps, since }),
  );
};

/** Keeps with an issued month which units could not be told to be late at its end. */
export const issueUntold = (
  tx: Tx,
  { first, last, end }: { first: string; last: string; end: string },
): Promise<number> =>
  execute(
    tx,
    `insert into issued_untold (month, place, unit, steps, since)
     select $1::date, place, unit, count(*), min(report_due_on) from timeliness_step
     where ${untold} and opened_at < $3 and (settled_at is null or settled_at >= $3) and report_due_on <= $2::date
     group by place, unit`,
    [first, last, end],
  );
