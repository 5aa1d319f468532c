import { type Envelope, readEvent } from '#libs/contracts/envelope.ts';
import type { UnitFact } from '#libs/contracts/events/organization.ts';
import { CountyTermChecked } from '#libs/contracts/events/term-duty.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, queryOne } from '#libs/platform/database/query.ts';
import type { Projection } from '#libs/platform/events/projection.ts';
import type { TermOfYear } from './term.ts';
import { checkOfCounty, checksWhere, moveChecks, recount } from './term-rows.ts';

const placeOf = async (tx: Tx, county: string): Promise<number> => {
  const { fact } = await queryOne<{ fact: UnitFact }>(tx, 'select fact from unit_ref where code = $1', [
    county,
  ]);
  return fact.lo;
};

/** A county has checked: so are the schools that had confirmed theirs. What is on record as missing stays so. */
const follow = async (tx: Tx, event: Envelope): Promise<void> => {
  const { county, province, checkedOn, schoolYear, term: nth } = readEvent(CountyTermChecked, event);
  const term: TermOfYear = { schoolYear, term: nth === 1 ? 1 : 2 };
  const before = await checkOfCounty(tx, county, term);
  const place = before?.place ?? (await placeOf(tx, county));
  await execute(
    tx,
    `insert into county_check (county, school_year, term, place, province, checked_on, version)
     values ($1, $2, $3, $4, $5, $6, 1)
     on conflict (county, school_year, term) do update set checked_on = excluded.checked_on, version = county_check.version + 1`,
    [county, schoolYear, term.term, place, province, checkedOn],
  );
  if (before === undefined || before.missedOn === null) {
    const from = before === undefined ? null : ('COUNTY_OPEN' as const);
    await recount(tx, [{ place, term, from, to: 'COUNTY_DONE' }]);
  }
  const confirmed = await checksWhere(
    tx,
    `authority = $1 and school_year = $2 and term = $3 and state = 'SCHOOL_CHECKED' order by school for update`,
    [county, schoolYear, term.term],
  );
  if (confirmed.length > 0) await moveChecks(tx, confirmed, 'COUNTY_CHECKED');
};

/** Follows the checks of counties, which are organization's to record (STA-04, ORG-05). */
export const countyChecks: Projection = {
  name: 'statistics-county-checks',
  sources: ['organization'],
  types: [CountyTermChecked.type],
  tables: [],
  apply: async (tx, events) => {
    for (const event of events) await follow(tx, event);
  },
};
