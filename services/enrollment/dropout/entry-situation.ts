import type { SchoolFact } from '#libs/contracts/events/organization.ts';
import type { LawPlace } from '#libs/law/finding.ts';
import { lawPlaceOfSchool } from '#libs/law/layers.ts';
import { type Term, termOn } from '#libs/law/organization/term-calendar.ts';
import { badInput } from '#libs/platform/errors/errors.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { lawPlaceOfCounty, termsOf } from '../law-place.ts';
import type { Entry } from './entry.ts';
import type { EntryPlace } from './open-entry.ts';

/** Where an entry about a school's pupil lies. */
export const placeOfSchool = (school: SchoolFact): EntryPlace => ({
  place: school.place,
  province: school.province,
  county: school.county,
  authority: school.authority,
  school: school.code,
});

/** Where an entry about a child without a school lies: at the county that keeps it. Undefined for no such county. */
export const placeOfCounty = async (core: ServiceCore, code: string): Promise<EntryPlace | undefined> => {
  const unit = await core.directory.unit(code);
  if (unit?.level !== 'COUNTY') return undefined;
  return { place: unit.lo, province: unit.province, county: code, authority: code, school: null };
};

/** Refuses the code of a county that is none of the management tree: somebody there is to be told. */
export const knownCounty = async (core: ServiceCore, code: string | null | undefined): Promise<void> => {
  if (code === null || code === undefined) return;
  if ((await core.directory.unit(code))?.level === 'COUNTY') return;
  throw badInput([
    {
      path: ['householdCounty'],
      code: 'COUNTY_UNKNOWN',
      message: '户籍所在县代码不在现行区划之内。 The code names no county of the management tree.',
    },
  ]);
};

/** Nobody is out of school since a day to come. */
export const notAhead = (since: string | null | undefined, today: string): void => {
  if (!since || since <= today) return;
  const message = '离校日期不能晚于今日。 Not later than today.';
  throw badInput([{ path: ['since'], code: 'DAY_OUT_OF_ORDER', message }]);
};

/** The place whose law an entry is judged by. */
export const lawPlaceOfEntry = async (
  core: ServiceCore,
  { school, authority, province }: Pick<Entry, 'school' | 'authority' | 'province'>,
): Promise<LawPlace> => {
  const fact = school === null ? undefined : await core.directory.school(school);
  if (fact !== undefined) return lawPlaceOfSchool(fact);
  return (await lawPlaceOfCounty(core, authority)) ?? { province };
};

const closing = (terms: readonly Term[], since: string): string | null => {
  const running = termOn(terms, since);
  if (running !== undefined) return running.closesOn;
  const before = terms.filter(({ closesOn }) => closesOn < since).map(({ closesOn }) => closesOn);
  return before.toSorted().at(-1) ?? null;
};

/** The last day of the term in which a child dropped out; in a vacation of the term before. Null: none is entered. */
export const termCloseOf = async (
  core: ServiceCore,
  entry: Pick<Entry, 'school' | 'authority' | 'province'>,
  since: string,
): Promise<string | null> => {
  const place = await lawPlaceOfEntry(core, entry);
  return closing(await termsOf(core, place), since);
};
