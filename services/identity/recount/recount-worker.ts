import { workingDayCalendar } from '#libs/law/calendar/working-day-calendar.ts';
import { enforces } from '#libs/law/enforces.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { standingWorkingDays } from '#libs/platform/directory/working-days.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { type Loop, until } from '#libs/platform/service/loop.ts';
import { recountKeyChanges } from './recount-key-changes.ts';
import { recountProblems } from './recount-problems.ts';
import { recountUpdates } from './recount-updates.ts';

/** Rows of one transaction. */
const atOnce = 100;

const kinds = [recountKeyChanges, recountUpdates, recountProblems];

/**
 * Counts due dates again that were counted by another calendar than the one in force, each once and each kind in a
 * transaction of its own (ORG-28); true when there may be more.
 */
export const recountDueDates = async (core: ServiceCore): Promise<boolean> => {
  enforces('ORG-28');
  const { clock } = core;
  const looked: number[] = [];
  for (const recount of kinds) {
    looked.push(
      await asWorker(core.worker, async (tx) => {
        const calendar = workingDayCalendar(await standingWorkingDays(tx));
        return recount({ core, tx, calendar, at: clock.now(), today: clock.today(), limit: atOnce });
      }),
    );
  }
  const most = Math.max(...looked);
  if (most > 0) core.wakeRelay();
  return most === atOnce;
};

/** Follows what the ministry publishes of working days. */
export const startRecountWorker = (core: ServiceCore): Loop =>
  until({ name: 'due date recount', log: core.log, idle: 1_000, step: () => recountDueDates(core) });
