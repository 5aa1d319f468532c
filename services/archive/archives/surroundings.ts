import { workingDayCalendar } from '#libs/law/calendar/working-day-calendar.ts';
import { type LawPlace, lawPlaceOfSchool, lawPlaceOfUnit } from '#libs/law/layers.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { Archive } from './archive.ts';

type Core = Pick<ServiceCore, 'directory'>;

/** Where a school lies by law; of one that is not known yet only the province. */
export const lawPlaceOf = async (
  { directory }: Core,
  { school, province }: Pick<Archive, 'school' | 'province'>,
): Promise<LawPlace> => {
  const fact = await directory.school(school);
  return fact ? lawPlaceOfSchool(fact) : { province };
};

/** Where a custodian lies by law: a school by its own place, an authority by those above it. */
export const lawPlaceOfCustodian = async ({ directory }: Core, archive: Archive): Promise<LawPlace> => {
  const { code } = archive.custody.custodian;
  const unit = await directory.unit(code);
  if (unit === undefined) return lawPlaceOf({ directory }, { ...archive, school: code });
  return lawPlaceOfUnit(unit, unit.parent === null ? undefined : await directory.unit(unit.parent));
};

/** The nation's working days as they are known here. */
export const calendarOf = async ({ directory }: Core) => workingDayCalendar(await directory.workingDays());
