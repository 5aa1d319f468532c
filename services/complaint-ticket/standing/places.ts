import type { UnitFact } from '#libs/contracts/events/organization.ts';
import { workingDayCalendar } from '#libs/law/calendar/working-day-calendar.ts';
import { type LawPlace, lawPlaceOfSchool, lawPlaceOfUnit } from '#libs/law/layers.ts';
import type { Authority } from '#libs/law/ticket/scope.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';

type Core = Pick<ServiceCore, 'directory'>;

/** A school or unit that takes part in a ticket: its public code, its own place in the tree, its province. */
export type Workplace = { code: string; place: number; province: string };

/** A school or unit by its code; undefined where nobody knows it. */
export const workplaceBy = async ({ directory }: Core, code: string): Promise<Workplace | undefined> => {
  if (code.length === 10) {
    const school = await directory.school(code);
    return school && { code, place: school.place, province: school.province };
  }
  const unit = await directory.unit(code);
  return unit && { code, place: unit.lo, province: unit.province };
};

/** The way from the ministry down to a unit; empty where nobody knows it. */
export const wayTo = async ({ directory }: Core, code: string): Promise<Authority[]> => {
  const units = await directory.units();
  const way: Authority[] = [];
  for (let at: UnitFact | undefined = units.get(code); at !== undefined; at = units.get(at.parent ?? '')) {
    if (at.level !== 'SCHOOL') way.unshift({ level: at.level, unit: at.code });
  }
  return way;
};

/** Where a school or unit works by law; throws Error for one that nobody knows. */
export const lawPlaceOf = async ({ directory }: Core, code: string): Promise<LawPlace> => {
  const school = code.length === 10 ? await directory.school(code) : undefined;
  if (school !== undefined) return lawPlaceOfSchool(school);
  const unit = await directory.unit(code);
  if (unit === undefined) throw new Error('A unit is not known');
  return lawPlaceOfUnit(unit, unit.parent === null ? undefined : await directory.unit(unit.parent));
};

/** Where the counties of a unit work by law; none for a county, or for a unit that nobody knows. */
export const lawPlacesBelow = async ({ directory }: Core, code: string): Promise<LawPlace[]> => {
  const units = await directory.units();
  const own = units.get(code);
  if (own === undefined) return [];
  return [...units.values()]
    .filter(
      ({ level, lo, code: each }) => level === 'COUNTY' && each !== code && lo >= own.lo && lo <= own.hi,
    )
    .map((unit) => lawPlaceOfUnit(unit, units.get(unit.parent ?? '')));
};

/** The nation's working days as they are known here. */
export const calendarOf = async ({ directory }: Core) => workingDayCalendar(await directory.workingDays());
