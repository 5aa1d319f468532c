import type { SchoolFact } from '#libs/contracts/events/organization.ts';
import type { LawPlace } from '#libs/law/finding.ts';

/** The place whose law a school works by. */
export const lawPlaceOfSchool = ({ province, city, county }: SchoolFact): LawPlace => ({
  province,
  ...(city ? { city } : {}),
  ...(county ? { county } : {}),
});
