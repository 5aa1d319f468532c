import { TermCheckMissing } from '#libs/contracts/events/term-check.ts';
import { lateFrom } from '#libs/law/statistics/timeliness.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { recordEvents, recorded } from '#libs/platform/events/outbox.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { aggregateOf, type CountyCheck, countyAggregateOf, type TermOfYear } from './term.ts';
import { checksWhere, moveChecks, recount } from './term-rows.ts';

/** Checks of one transaction. */
const AT_ONCE = 200;

/** A school that has ended before its term has nothing to answer for. */
const missSchools = async (tx: Tx, today: string, at: string): Promise<number> => {
  const due = await checksWhere(
    tx,
    `state = 'CHECK_OPEN' and closes_on < $1
       and exists (select from school_ref s where s.code = term_check.school and s.fact ->> 'state' = 'ACTIVE')
     order by closes_on, school limit ${AT_ONCE} for update skip locked`,
    [today],
  );
  for (const [closesOn, checks] of Map.groupBy(due, ({ window }) => window.to)) {
    await moveChecks(tx, checks, 'MISSING', lateFrom(closesOn));
  }
  await recordEvents(
    tx,
    at,
    due.map((check) =>
      recorded(TermCheckMissing, aggregateOf(check), check.version + 1, {
        ...{ kind: 'SCHOOL', owner: check.school, schoolYear: check.schoolYear, term: check.term },
        ...{ province: check.province, place: check.place, closesOn: check.window.to },
      }),
    ),
  );
  return due.length;
};

type Due = Pick<CountyCheck, 'county' | 'province'> & TermOfYear & { place: string; closesOn: string };

const missCounties = async (tx: Tx, today: string, at: string): Promise<number> => {
  const rows = await query<Due>(
    tx,
    `select county, school_year as "schoolYear", term, place, province, closes_on::text as "closesOn" from county_check
     where checked_on is null and missed_on is null and closes_on < $1
     order by closes_on, county limit ${AT_ONCE} for update skip locked`,
    [today],
  );
  for (const { county, schoolYear, term, closesOn } of rows) {
    await execute(
      tx,
      `update county_check set missed_on = $4, version = version + 1
       where county = $1 and school_year = $2 and term = $3`,
      [county, schoolYear, term, lateFrom(closesOn)],
    );
  }
  await recount(
    tx,
    rows.map((row) => ({ place: Number(row.place), term: row, from: 'COUNTY_OPEN', to: 'COUNTY_MISSING' })),
  );
  await recordEvents(
    tx,
    at,
    rows.map((row) =>
      recorded(TermCheckMissing, countyAggregateOf(row), 1, {
        ...{ kind: 'COUNTY', owner: row.county, schoolYear: row.schoolYear, term: row.term },
        ...{ province: row.province, place: Number(row.place), closesOn: row.closesOn },
      }),
    ),
  );
  return rows.length;
};

/**
 * Puts on record what nobody has checked by the end of its term, from the day after (STA-03, STA-04); true when there may be
 * more. A confirmation at the same moment wins or finds the record.
 */
export const missChecks = async (core: Pick<ServiceCore, 'worker' | 'clock'>): Promise<boolean> => {
  const today = core.clock.today();
  const at = core.clock.now();
  const missed = await asWorker(core.worker, async (tx) => {
    const schools = await missSchools(tx, today, at);
    return Math.max(schools, await missCounties(tx, today, at));
  });
  return missed === AT_ONCE;
};
