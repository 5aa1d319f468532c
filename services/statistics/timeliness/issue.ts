import { MonthlyReportIssued } from '#libs/contracts/events/statistics.ts';
import { workingDayCalendar } from '#libs/law/calendar/working-day-calendar.ts';
import { startOfDay } from '#libs/law/dates.ts';
import { enforces } from '#libs/law/enforces.ts';
import {
  lastDayOf,
  type Month,
  monthOf,
  monthsFrom,
  reportIssueDay,
} from '#libs/law/statistics/timeliness.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, query, queryOne } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { recordEvents, recorded } from '#libs/platform/events/outbox.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { type Loop, until } from '#libs/platform/service/loop.ts';
import { hasArrived } from '../arrived.ts';
import { WIDTHS } from '../stock/blocks.ts';
import { accountsComplete, issueAccounts } from './account-part.ts';
import { timelinessProjection } from './projection.ts';
import { issueUntold } from './untold-units.ts';

/** The first month that has something to report and has not been issued; undefined where none has. */
const nextMonth = async (tx: Tx): Promise<Month | undefined> => {
  const row = await queryOne<{ first: string | null; last: string | null }>(
    tx,
    `select least((select min(day) from timeliness_cell where measure <> 'OVERDUE' and place = 0 and width = $1),
              (select min(day) + 6 from account_cell where place = 0 and width = $1))::text as first,
            (select max(month)::text from issued_report) as last`,
    [Math.max(...WIDTHS)],
  );
  if (row.last !== null) return monthsFrom(monthOf(row.last), 1);
  return row.first === null ? undefined : monthOf(row.first);
};

/** The month whose report is to be issued today: every one after the first is, also one without anything to tell. */
const monthDue = async (core: ServiceCore): Promise<Month | undefined> => {
  const month = await asWorker(core.worker, nextMonth);
  const today = core.clock.today();
  if (month === undefined || month >= monthOf(today)) return undefined;
  const calendar = workingDayCalendar(await core.directory.workingDays());
  if (today < reportIssueDay(month, calendar).dueDate) return undefined;
  return (await accountsComplete(core, month)) ? month : undefined;
};

/** Steps that were late at the end of a month and not decided by then. */
const standing = `from timeliness_step where late_since <= $2::date and (settled_at is null or settled_at >= $3)`;

/** Writes the report of a month as it stands: the flows of the month, and what was overdue at its end. */
const write = async (tx: Tx, month: Month): Promise<void> => {
  const first = `${month}-01`;
  const end = startOfDay(`${monthsFrom(month, 1)}-01`).toISOString();
  const atEnd = [first, lastDayOf(month), end];
  await execute(
    tx,
    `insert into issued_cell (month, place, width, measure, day, n)
     select $1::date, place, width, measure, day, n from timeliness_cell where measure <> 'OVERDUE' and day = $1::date`,
    [first],
  );
  await execute(
    tx,
    `insert into issued_cell (month, place, width, measure, day, n)
     select $1::date, place - place % width, width, 'OVERDUE', report_due_on, count(*)
     from (select place, report_due_on ${standing}) late cross join unnest($4::bigint[]) as block (width)
     group by 2, 3, 5`,
    [...atEnd, [...WIDTHS]],
  );
  await execute(
    tx,
    `insert into issued_step (month, transfer_id, party, version, unit, place, source_place, target_place, report_due_on)
     select $1::date, transfer_id, party, version, unit, place, source_place, target_place, report_due_on ${standing}`,
    atEnd,
  );
  await issueAccounts(tx, month);
  await issueUntold(tx, { first, last: lastDayOf(month), end });
};

const rowsOf = {
  cells: `select place / 1000000000 as part, concat_ws('|', width, place, measure, day, n) as line
    from issued_cell where month = $1::date and width = 1`,
  steps: `select place / 1000000000 as part, concat_ws('|', transfer_id, version, party, unit, report_due_on) as line
    from issued_step where month = $1::date`,
  untold: `select place / 1000000000 as part, concat_ws('|', 'untold', place, unit, steps, since) as line
    from issued_untold where month = $1::date`,
};

/** One digest over every figure of a unit and every named step of an issued report; equal as long as nothing was altered. */
export const digestOf = async (tx: Tx, month: Month): Promise<string> => {
  const { digest } = await queryOne<{ digest: string }>(
    tx,
    `select encode(sha256(convert_to(coalesce(string_agg(sum, '' order by part), ''), 'UTF8')), 'hex') as digest
     from (select part, encode(sha256(convert_to(string_agg(line, E'\\n' order by line collate "C"), 'UTF8')), 'hex') as sum
           from (${rowsOf.cells} union all ${rowsOf.steps} union all ${rowsOf.untold}) line group by part) parts`,
    [`${month}-01`],
  );
  return digest;
};

const nationOf = async (tx: Tx, month: Month): Promise<Record<string, number>> => {
  const rows = await query<{ measure: string; n: string }>(
    tx,
    'select measure, sum(n) as n from issued_cell where month = $1::date and width = $2 group by measure',
    [`${month}-01`, Math.max(...WIDTHS)],
  );
  return Object.fromEntries(rows.map(({ measure, n }) => [measure, Number(n)]));
};

/** One at a time, and no event of the report takes effect meanwhile. */
const takeTurn = (tx: Tx) => query(tx, 'select id from timeliness_turn where id = 1 for update');

const issue = async (core: ServiceCore, tx: Tx, month: Month): Promise<boolean> => {
  await takeTurn(tx);
  if ((await nextMonth(tx)) !== month) return false;
  const issuedAt = core.clock.now();
  await write(tx, month);
  const digest = await digestOf(tx, month);
  await execute(tx, 'insert into issued_report (month, issued_at, digest) values ($1, $2, $3)', [
    ...[`${month}-01`, issuedAt, digest],
  ]);
  const nation = await nationOf(tx, month);
  await recordEvents(tx, issuedAt, [
    recorded(MonthlyReportIssued, `monthly-report:${month}`, 1, {
      ...{ month: `${month}-01`, issuedAt, digest },
      doneInTime: nation.DONE_IN_TIME ?? 0,
      becameOverdue: nation.BECAME_OVERDUE ?? 0,
      overdue: nation.OVERDUE ?? 0,
      blockedRefusals: nation.BLOCKED ?? 0,
    }),
  ]);
  return true;
};

/**
 * Issues the report of a month on the fifth working day of the next one, once everything of that month has arrived (STA-01,
 * W-24); from then on it stands. True when there may be another.
 */
export const issueNext = async (core: ServiceCore): Promise<boolean> => {
  enforces('STA-01', 'STA-02', 'STA-10', 'STA-11');
  const month = await monthDue(core);
  if (month === undefined) return false;
  if (!(await hasArrived(core, timelinessProjection, startOfDay(`${monthsFrom(month, 1)}-01`)))) return false;
  const isIssued = await asWorker(core.worker, (tx) => issue(core, tx, month));
  if (isIssued) core.wakeRelay();
  return isIssued;
};

/** Follows the calendar. */
export const startIssueWorker = (core: ServiceCore): Loop =>
  until({ name: 'monthly report', log: core.log, idle: 5_000, step: () => issueNext(core) });
