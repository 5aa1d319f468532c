import type { LawPlace } from '#libs/law/finding.ts';
import type { Term } from '#libs/law/organization/term-calendar.ts';
import type { TermsOfYear } from '#libs/platform/directory/directory.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';

/** The place whose law a county works by; undefined for what is no county. */
export const lawPlaceOfUnit = async (core: ServiceCore, code: string): Promise<LawPlace | undefined> => {
  const unit = await core.directory.unit(code);
  if (unit?.level !== 'COUNTY') return undefined;
  const above = unit.parent === null ? undefined : await core.directory.unit(unit.parent);
  return {
    province: unit.province,
    ...(above?.level === 'CITY' ? { city: above.code } : {}),
    county: code,
  };
};

const seasonOf = (term: number): Term['season'] => (term === 1 ? 'AUTUMN' : 'SPRING');

/** Terms at a place: of a school year those of the nearest unit of its line that has entered them (ORG-28). */
export const termsOf = async (
  { directory }: Pick<ServiceCore, 'directory'>,
  place: LawPlace,
): Promise<Term[]> => {
  const line = [place.county, place.city, place.province, '000000'].filter((code) => code !== undefined);
  const nearest = new Map<number, TermsOfYear>();
  for (const row of await directory.termsOf(line)) {
    const known = nearest.get(row.schoolYear);
    if (known === undefined || line.indexOf(row.region) < line.indexOf(known.region)) {
      nearest.set(row.schoolYear, row);
    }
  }
  return [...nearest.values()].flatMap(({ schoolYear, terms }) =>
    terms.map(({ term, opensOn, closesOn }) => ({
      schoolYear,
      season: seasonOf(term),
      opensOn,
      closesOn,
    })),
  );
};
