import { workingDayCalendar } from '#libs/law/calendar/working-day-calendar.ts';
import { enforces } from '#libs/law/enforces.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { standingWorkingDays } from '#libs/platform/directory/working-days.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { type Loop, until } from '#libs/platform/service/loop.ts';
import { recountApplications } from './recount-applications.ts';
import { recountRegistrations } from './recount-registrations.ts';
import { recountSteps } from './recount-steps.ts';

/** Rows of one transaction. */
const atOnce = 100;

/**
 * Counts due dates again that were counted by another calendar than the one in force, each once (ORG-28); true when
 * there may be more.
 */
export const recountDueDates = async (core: ServiceCore): Promise<boolean> => {
  enforces('ORG-28');
  const { directory, clock } = core;
  const looked = await asWorker(core.worker, async (tx) => {
    const calendar = workingDayCalendar(await standingWorkingDays(tx));
    const recounting = {
      tx,
      directory,
      calendar,
      at: clock.now(),
      today: clock.today(),
      limit: atOnce,
    };
    return Math.max(
      await recountRegistrations(recounting),
      await recountSteps(recounting),
      await recountApplications(core, recounting),
    );
  });
  if (looked > 0) core.wakeRelay();
  return looked === atOnce;
};

/** Follows what the ministry publishes of working days. */
export const startRecountWorker = (core: ServiceCore): Loop =>
  until({ name: 'due date recount', log: core.log, idle: 1_000, step: () => recountDueDates(core) });
