import type { SchoolFact, UnitFact } from '#libs/contracts/events/organization.ts';
import type { IsoDate } from '#libs/law/dates.ts';
import { type LawPlace, lawPlaceOfSchool, lawPlaceOfUnit } from '#libs/law/layers.ts';
import type { Term } from '#libs/law/organization/term-calendar.ts';
import type { CheckWindow, LeftOpen } from '#libs/law/statistics/term-check.ts';
import { badInput } from '#libs/platform/errors/errors.ts';

/** A term of a school year: 1 in autumn, 2 in spring. */
export type TermOfYear = { schoolYear: number; term: 1 | 2 };

/** States of W-24; a term that has opened and may not be checked yet has no check. */
export type CheckState = 'CHECK_OPEN' | 'SCHOOL_CHECKED' | 'COUNTY_CHECKED' | 'MISSING';

/** A school's check of a term. */
export type TermCheck = TermOfYear & {
  school: string;
  place: number;
  authority: string;
  province: string;
  opensOn: IsoDate;
  /** First and last day on which it counts. */
  window: CheckWindow;
  state: CheckState;
  confirmedAt: string | null;
  note: string | null;
  /** What was left open at the confirmation; null before it. */
  left: LeftOpen | null;
  missedOn: IsoDate | null;
  version: number;
};

/** A county's check of a term; without its last day while nobody has entered the term. */
export type CountyCheck = TermOfYear & {
  county: string;
  place: number;
  province: string;
  closesOn: IsoDate | null;
  checkedOn: IsoDate | null;
  missedOn: IsoDate | null;
};

/** What is counted of schools by the state of their check, and of counties. */
export type TermMeasure = CheckState | 'COUNTY_OPEN' | 'COUNTY_DONE' | 'COUNTY_MISSING';

/** The term of the calendar in the words of this service. */
export const termOfYear = ({ schoolYear, season }: Pick<Term, 'schoolYear' | 'season'>): TermOfYear => ({
  schoolYear,
  term: season === 'AUTUMN' ? 1 : 2,
});

/** The term that is asked for; throws BAD_USER_INPUT for any but the first and the second. */
export const termAsked = ({ schoolYear, term }: { schoolYear: number; term: number }): TermOfYear => {
  if (term === 1 || term === 2) return { schoolYear, term };
  throw badInput([
    { path: ['term'], code: 'NO_SUCH_TERM', message: '学期填写1或2。 A school year has terms 1 and 2.' },
  ]);
};

/** The day under which counts of a term are kept, wherever it opens on another one. */
export const cellDayOf = ({ schoolYear, term }: TermOfYear): IsoDate =>
  term === 1 ? `${schoolYear}-09-01` : `${schoolYear + 1}-03-01`;

/** Kinds of school of whose terms the measures do not speak (001 A2). */
const WITHOUT_CHECK: readonly SchoolFact['kind'][] = ['KINDERGARTEN', 'VOCATIONAL'];

/** Whether a school checks its registrations each term (STA-03). */
export const owesCheck = ({ state, kind }: SchoolFact): boolean =>
  state === 'ACTIVE' && !WITHOUT_CHECK.includes(kind);

export const aggregateOf = ({ school, schoolYear, term }: Pick<TermCheck, 'school'> & TermOfYear): string =>
  `term-check:${school}:${schoolYear}:${term}`;

export const countyAggregateOf = ({ county, schoolYear, term }: Pick<CountyCheck, 'county'> & TermOfYear) =>
  `county-check:${county}:${schoolYear}:${term}`;

/** The law by which a school works. */
export const lawOfSchool = (school: SchoolFact): LawPlace => lawPlaceOfSchool(school);

/** The law by which a unit works. */
export const lawOfUnit = (unit: UnitFact, units: ReadonlyMap<string, UnitFact>): LawPlace =>
  lawPlaceOfUnit(unit, unit.parent === null ? undefined : units.get(unit.parent));
