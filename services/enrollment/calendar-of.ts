import { type WorkingDayCalendar, workingDayCalendar } from '#libs/law/calendar/working-day-calendar.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';

/** Working days as the ministry has published and re-issued them so far (ORG-28). */
export const calendarOf = async ({
  directory,
}: Pick<ServiceCore, 'directory'>): Promise<WorkingDayCalendar> =>
  workingDayCalendar(await directory.workingDays());
