import { workingDayCalendar } from '#libs/law/calendar/working-day-calendar.ts';
import { enforces } from '#libs/law/enforces.ts';
import { recountDueDay } from '#libs/law/organization/due-date-recount.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { standingWorkingDays } from '#libs/platform/directory/working-days.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { applicationsWhere, updateApplication } from './application-rows.ts';
import { tellApplication } from './application-signal.ts';
import { saveApplication } from './save-application.ts';

const otherwise = `ended_at is null and state in ('APPLIED', 'ARRANGING')
  and (calendar_version < $1 or calendar_version > $1) order by application_id limit 1 for update skip locked`;

/**
 * Counts again until when the next application is to be answered that was counted by another calendar than the one in force
 * (ORG-28); true when there may be more.
 */
export const recountNextAnswer = async (core: ServiceCore): Promise<boolean> => {
  enforces('ORG-28');
  const found = await asWorker(core.worker, async (tx) => {
    const calendar = workingDayCalendar(await standingWorkingDays(tx));
    const [record] = await applicationsWhere(tx, otherwise, [calendar.version]);
    if (record === undefined) return undefined;
    const { change, due } = recountDueDay(record, core.clock.today(), calendar);
    const after = { ...record, ...due };
    if (change === 'NONE') await updateApplication(tx, after);
    else await saveApplication(tx, core.clock.now(), record, after);
    return record.id;
  });
  if (found !== undefined) tellApplication(core, found);
  return found !== undefined;
};
