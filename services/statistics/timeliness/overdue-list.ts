import type { Party } from '#libs/law/transfer/parties.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { query } from '#libs/platform/database/query.ts';
import {
  type Connection,
  connectionOf,
  type PageArguments,
  pageSize,
  readCursor,
} from '#libs/platform/subgraph/connection.ts';
import type { PlaceRange } from '../stock/blocks.ts';
import type { Version } from './version.ts';

/** A step that was late and not decided, by its case and its unit. */
export type OverdueStep = { transfer: string; party: Party; unit: string; reportDueOn: string };

type Row = { transfer: string; party: Party; unit: string; due: string; version: number };

const live = `timeliness_step where late_since is not null and settled_at is null and report_due_on < $1::date`;
const issued = `issued_step where month = $1::date`;

/** Number of a day, so that it can stand in a cursor of whole numbers. */
const numberOf = (day: string): number => Number(day.replaceAll('-', ''));

/** The steps of a range that are overdue, the oldest first; none beyond what the reader's own scope covers (STA-10). */
export const overdueSteps = async (
  tx: Tx,
  version: Version,
  range: PlaceRange,
  page: PageArguments,
): Promise<Connection<OverdueStep>> => {
  const size = pageSize(page.first);
  const after = readCursor(page.after, ['WHOLE', 'UUID', 'WHOLE']);
  const isIssued = version.kind === 'ISSUED';
  const rows = await query<Row>(
    tx,
    `select transfer_id as transfer, party, unit, report_due_on::text as due, version
     from ${isIssued ? issued : live} and place between $2 and $3
       and ($4::int is null
         or (report_due_on, transfer_id, version) > (to_date($4::int::text, 'YYYYMMDD'), $5::uuid, $6::int))
     order by report_due_on, transfer_id, version limit $7`,
    [
      ...[isIssued ? version.firstDay : version.lastDay, range.lo, range.hi],
      ...[after?.[0] ?? null, after?.[1] ?? null, after?.[2] ?? null, size + 1],
    ],
  );
  return connectionOf(
    rows,
    size,
    page.after,
    ({ due, transfer, version: number }) => [numberOf(due), transfer, number],
    ({ transfer, party, unit, due }) => ({ transfer, party, unit, reportDueOn: due }),
  );
};
