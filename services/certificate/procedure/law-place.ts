import type { SchoolFact, UnitFact } from '#libs/contracts/events/organization.ts';
import { workingDayCalendar } from '#libs/law/calendar/working-day-calendar.ts';
import { type LawPlace, lawPlaceOfSchool } from '#libs/law/layers.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';

type Core = Pick<ServiceCore, 'directory'>;

/** Where a school lies by law; of one that is not known only the province. */
export const lawPlaceOf = (school: SchoolFact | undefined, province: string): LawPlace =>
  school ? lawPlaceOfSchool(school) : { province };

const placeOfUnit = (unit: UnitFact, parent: UnitFact | undefined): LawPlace => {
  switch (unit.level) {
    case 'COUNTY':
      return {
        province: unit.province,
        county: unit.code,
        ...(parent?.level === 'CITY' ? { city: parent.code } : {}),
      };
    case 'CITY':
      return { province: unit.province, city: unit.code };
    default:
      return { province: unit.province };
  }
};

/** Where a unit or school works by law, by its code; throws Error for one that nobody knows. */
export const lawPlaceOfUnit = async ({ directory }: Core, code: string): Promise<LawPlace> => {
  if (code.length === 10) {
    const school = await directory.school(code);
    if (school === undefined) throw new Error('A school is not known');
    return lawPlaceOfSchool(school);
  }
  const unit = await directory.unit(code);
  if (unit === undefined) throw new Error('A unit is not known');
  return placeOfUnit(unit, unit.parent ? await directory.unit(unit.parent) : undefined);
};

/** The nation's working days as they are known here. */
export const calendarOf = async ({ directory }: Core) => workingDayCalendar(await directory.workingDays());
