import type { SchoolFact } from '#libs/contracts/events/organization.ts';
import type { LawPlace } from '#libs/law/finding.ts';
import { lawPlaceOfSchool } from '#libs/law/layers.ts';

/** The place by whose law a person is treated: that of the school, or the province where the school is not known. */
export const lawPlaceAt = (school: SchoolFact | undefined, province: string): LawPlace =>
  school === undefined ? { province } : lawPlaceOfSchool(school);
