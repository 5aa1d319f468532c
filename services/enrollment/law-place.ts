import type { LawPlace } from '#libs/law/finding.ts';
import { lawPlaceOfUnit, lineOf } from '#libs/law/layers.ts';
import { type Term, termsAlong } from '#libs/law/organization/term-calendar.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';

/** The place whose law a county works by; undefined for what is no county. */
export const lawPlaceOfCounty = async (
  { directory }: Pick<ServiceCore, 'directory'>,
  code: string,
): Promise<LawPlace | undefined> => {
  const unit = await directory.unit(code);
  if (unit?.level !== 'COUNTY') return undefined;
  return lawPlaceOfUnit(unit, unit.parent === null ? undefined : await directory.unit(unit.parent));
};

/** Terms at a place: of a school year those of the nearest unit of its line that has entered them (ORG-28). */
export const termsOf = async (
  { directory }: Pick<ServiceCore, 'directory'>,
  place: LawPlace,
): Promise<Term[]> => {
  const line = lineOf(place);
  return termsAlong(line, await directory.termsOf(line));
};
