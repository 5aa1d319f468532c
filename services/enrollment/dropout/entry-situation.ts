import type { SchoolFact } from '#libs/contracts/events/organization.ts';
import type { LawPlace } from '#libs/law/finding.ts';
import { type Term, termOn } from '#libs/law/organization/term-calendar.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { lawPlaceOfUnit, termsOf } from '../law-place.ts';
import { lawPlaceOfSchool } from '../registration/intake.ts';
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

/** The place whose law an entry is judged by. */
export const lawPlaceOfEntry = async (
  core: ServiceCore,
  { school, authority, province }: Pick<Entry, 'school' | 'authority' | 'province'>,
): Promise<LawPlace> => {
  const fact = school === null ? undefined : await core.directory.school(school);
  if (fact !== undefined) return lawPlaceOfSchool(fact);
  return (await lawPlaceOfUnit(core, authority)) ?? { province };
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
  tx: Tx,
  entry: Pick<Entry, 'school' | 'authority' | 'province'>,
  since: string,
): Promise<string | null> => {
  const place = await lawPlaceOfEntry(core, entry);
  return closing(await termsOf(tx, place), since);
};
