import { workingDayCalendar } from '#libs/law/calendar/working-day-calendar.ts';
import { enforces } from '#libs/law/enforces.ts';
import { recountDueDay } from '#libs/law/organization/due-date-recount.ts';
import { standingWorkingDays } from '#libs/platform/directory/working-days.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { tellChanged } from '../cases/live-signal.ts';
import { saveCase } from '../cases/save-case.ts';
import { onFirstCase } from '../workers/set-aside.ts';
import { moveCallUpDue } from './call-up-rows.ts';

const countedOtherwise = `state = 'AWAIT_REPORTING' and exists (select from transfer_call_up u
  where u.case_id = transfer_case.case_id and u.called_up_at is null and u.calendar_version <> $1)`;

/**
 * Counts again until when the next file may be called up, after a calendar of working days was issued anew (ORG-28): a
 * provisional day is fixed, a fixed one moves, and nobody is made late by it. True when there may be more.
 */
export const recountNextCallUp = async (core: ServiceCore): Promise<boolean> => {
  enforces('ORG-28', 'TRF-33');
  const found = await onFirstCase(core, async (tx, first) => {
    const calendar = workingDayCalendar(await standingWorkingDays(tx));
    const record = await first(countedOtherwise, [calendar.version], 'case_id');
    const before = record?.callUp?.due;
    if (record?.callUp === undefined || record.callUp === null || !before) return undefined;
    const { change, due } = recountDueDay(before, core.clock.today(), calendar);
    await moveCallUpDue(tx, record, due);
    if (change !== 'NONE') await saveCase(tx, core.clock.now(), record, record, []);
    return { id: record.id, isMoved: change !== 'NONE' };
  });
  if (found?.isMoved) tellChanged(core, found.id);
  return found !== undefined;
};
