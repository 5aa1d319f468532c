import type { SchoolFact } from '#libs/contracts/events/organization.ts';
import type { Promotion } from '#libs/law/enrollment/grade.ts';
import type { LawPlace } from '#libs/law/finding.ts';
import type { Term } from '#libs/law/organization/term-calendar.ts';
import type { TermsOfYear } from '#libs/platform/directory/directory.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';

type Deps = Pick<ServiceCore, 'directory'>;

/** The place whose law a school works by. */
export const lawPlaceOf = ({ province, city, county }: SchoolFact): LawPlace => ({
  province,
  ...(city ? { city } : {}),
  ...(county ? { county } : {}),
});

/** Promotions as they were entered, for the law. */
export const promotionsOf = async ({ directory }: Deps): Promise<Promotion[]> =>
  (await directory.promotions()).map(({ schoolYear, effectiveAt }) => ({
    schoolYear,
    at: new Date(effectiveAt),
  }));

/** Terms at a place: of a school year those of the nearest unit of its line that has entered them (ORG-28). */
export const termsAt = async ({ directory }: Deps, place: LawPlace): Promise<Term[]> => {
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
      season: term === 1 ? ('AUTUMN' as const) : ('SPRING' as const),
      opensOn,
      closesOn,
    })),
  );
};
