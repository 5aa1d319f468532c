import type { SchoolFact, UnitFact } from '#libs/contracts/events/organization.ts';
import { TermCheckOpened } from '#libs/contracts/events/term-check.ts';
import type { IsoDate } from '#libs/law/dates.ts';
import { enforces } from '#libs/law/enforces.ts';
import { type LawPlace, lineOf } from '#libs/law/layers.ts';
import { type Term, termOn, termsAlong } from '#libs/law/organization/term-calendar.ts';
import { checkWindow } from '#libs/law/statistics/term-check.ts';
import { type Columns, insertRows } from '#libs/platform/database/insert.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { asWorker, single } from '#libs/platform/database/scope.ts';
import { recordEvents, recorded } from '#libs/platform/events/outbox.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { aggregateOf, lawOfSchool, lawOfUnit, owesCheck, type TermCheck, termOfYear } from './term.ts';
import { recount } from './term-rows.ts';

/** Schools of one transaction. */
const AT_ONCE = 200;

type Core = Pick<ServiceCore, 'worker' | 'directory' | 'clock'>;

/** A school's check as it opens. */
export type Opening = Pick<
  TermCheck,
  'school' | 'schoolYear' | 'term' | 'place' | 'authority' | 'province' | 'opensOn' | 'window'
>;

type CountyOpening = Pick<TermCheck, 'schoolYear' | 'term' | 'place' | 'province'> & {
  county: string;
  closesOn: IsoDate;
};

/** The check of a school in a term. */
export const openingOf = (school: SchoolFact, term: Term): Opening => ({
  ...termOfYear(term),
  ...{ school: school.code, place: school.place, authority: school.authority, province: school.province },
  opensOn: term.opensOn,
  window: checkWindow(term, lawOfSchool(school)),
});

const columns: Columns = [
  ['school', 'text'],
  ['school_year', 'int'],
  ['term', 'int'],
  ['place', 'bigint'],
  ['authority', 'text'],
  ['province', 'text'],
  ['opens_on', 'date'],
  ['possible_from', 'date'],
  ['closes_on', 'date'],
  ['state', 'text'],
  ['version', 'int'],
];

/** Opens checks that are not open yet, each with its event; one that is follows the calendar while it waits. */
export const openChecks = async (tx: Tx, openings: readonly Opening[], at: string): Promise<void> => {
  const written = await insertRows<{ school: string; made: boolean }>(
    tx,
    'term_check',
    columns,
    openings.map((each) => [
      ...[each.school, each.schoolYear, each.term, each.place, each.authority, each.province],
      ...[each.opensOn, each.window.from, each.window.to, 'CHECK_OPEN', 1],
    ]),
    `on conflict (school, school_year, term) do update
       set opens_on = excluded.opens_on, possible_from = excluded.possible_from, closes_on = excluded.closes_on
     where term_check.state = 'CHECK_OPEN' and term_check.closes_on <> excluded.closes_on
     returning school, xmax = 0 as made`,
  );
  const made = new Set(written.filter((row) => row.made).map(({ school }) => school));
  const opened = openings.filter(({ school }) => made.has(school));
  await recount(
    tx,
    opened.map((each) => ({ place: each.place, term: each, from: null, to: 'CHECK_OPEN' })),
  );
  await recordEvents(
    tx,
    at,
    opened.map(({ opensOn: _, window, ...where }) =>
      recorded(TermCheckOpened, aggregateOf(where), 1, {
        ...where,
        from: window.from,
        closesOn: window.to,
      }),
    ),
  );
};

const openCounties = async (tx: Tx, openings: readonly CountyOpening[]): Promise<void> => {
  const written = await insertRows<{ county: string; made: boolean }>(
    tx,
    'county_check',
    [
      ['county', 'text'],
      ['school_year', 'int'],
      ['term', 'int'],
      ['place', 'bigint'],
      ['province', 'text'],
      ['closes_on', 'date'],
      ['version', 'int'],
    ],
    openings.map((each) => [
      ...[each.county, each.schoolYear, each.term, each.place, each.province, each.closesOn, 0],
    ]),
    `on conflict (county, school_year, term) do update set closes_on = excluded.closes_on
     where county_check.missed_on is null and county_check.closes_on is distinct from excluded.closes_on
     returning county, xmax = 0 as made`,
  );
  const made = new Set(written.filter((row) => row.made).map(({ county }) => county));
  await recount(
    tx,
    openings
      .filter(({ county }) => made.has(county))
      .map((each) => ({ place: each.place, term: each, from: null, to: 'COUNTY_OPEN' })),
  );
};

/** The term that runs at a place today, by the calendar nearest to it; places are asked about together. */
const runningTerms = async (
  core: Core,
  places: readonly LawPlace[],
): Promise<(place: LawPlace) => Term | undefined> => {
  const entered = await core.directory.termsOf([...new Set(places.flatMap(lineOf))]);
  const today = core.clock.today();
  const known = new Map<string, Term | undefined>();
  return (place) => {
    const line = lineOf(place);
    const key = line.join();
    if (!known.has(key)) known.set(key, termOn(termsAlong(line, entered), today));
    return known.get(key);
  };
};

const countiesOf = (
  schools: readonly SchoolFact[],
  units: ReadonlyMap<string, UnitFact>,
): { unit: UnitFact; law: LawPlace }[] =>
  [...new Set(schools.map(({ authority }) => authority))].flatMap((code) => {
    const unit = units.get(code);
    return unit?.level === 'COUNTY' ? [{ unit, law: lawOfUnit(unit, units) }] : [];
  });

/** Where the next run begins; undefined after the last school. */
const placeAfter = (facts: readonly SchoolFact[]): number | undefined =>
  facts.length === AT_ONCE ? facts.at(-1)?.place : undefined;

/**
 * Opens the checks of the schools after a place whose day has come, and those of their counties; returns the place of the
 * last school it looked at, undefined after the last one (STA-03, STA-04, W-24).
 */
export const openAfter = async (core: Core, after: number): Promise<number | undefined> => {
  enforces('STA-03', 'STA-04');
  const rows = await single<{ fact: SchoolFact }>(
    core.worker,
    'select fact from school_ref where place > $1 order by place limit $2',
    [after, AT_ONCE],
  );
  const facts = rows.map(({ fact }) => fact);
  const schools = facts.filter(owesCheck);
  if (schools.length === 0) return placeAfter(facts);
  const counties = countiesOf(schools, await core.directory.units());
  const termAt = await runningTerms(core, [...schools.map(lawOfSchool), ...counties.map(({ law }) => law)]);
  const today = core.clock.today();
  const openings = schools.flatMap((school) => {
    const term = termAt(lawOfSchool(school));
    const opening = term && openingOf(school, term);
    return opening !== undefined && opening.window.from <= today ? [opening] : [];
  });
  const ofCounties = counties.flatMap(({ unit, law }) => {
    const term = termAt(law);
    if (term === undefined) return [];
    const { code: county, lo: place, province } = unit;
    return [{ ...termOfYear(term), county, place, province, closesOn: term.closesOn }];
  });
  await asWorker(core.worker, async (tx) => {
    await openChecks(tx, openings, core.clock.now());
    await openCounties(tx, ofCounties);
  });
  return placeAfter(facts);
};
