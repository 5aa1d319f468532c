import { type WorkingDayCalendar, workingDayCalendar } from '#libs/law/calendar/working-day-calendar.ts';
import { enforces } from '#libs/law/enforces.ts';
import { lineOf } from '#libs/law/layers.ts';
import { recountDueDay } from '#libs/law/organization/due-date-recount.ts';
import { termsAlong } from '#libs/law/organization/term-calendar.ts';
import { recountReportDay, stepReportClock } from '#libs/law/transfer/clocks.ts';
import { standingWorkingDays } from '#libs/platform/directory/working-days.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { CaseRecord, KeptStep } from '../cases/case-record.ts';
import { lawPlaceOfParty } from '../cases/own-step.ts';
import { saveCase, type Told } from '../cases/save-case.ts';
import { updateDays } from '../cases/step-rows.ts';
import { stepDueMoved } from '../cases/steps-opened.ts';
import { onFirstCase } from './set-aside.ts';

type Recounted = { change: 'NONE' | 'FIXED' | 'MOVED'; moved: KeptStep };

/** The day of the report of a step, counted again with the terms of its unit's place as they are known now (STA-01). */
export const recountedReport = async (
  core: Pick<ServiceCore, 'directory'>,
  record: CaseRecord,
  step: KeptStep,
  calendar: WorkingDayCalendar,
  today: string,
): Promise<Recounted> => {
  const place = await lawPlaceOfParty(core, record, step.party);
  const line = lineOf(place);
  const terms = termsAlong(line, await core.directory.termsOf(line));
  const counted = stepReportClock(new Date(step.openedAt), place, calendar, terms);
  const kept = { dueOn: step.reportDueOn, provisional: step.reportProvisional };
  const { change, dueOn, provisional } = recountReportDay(kept, counted, today);
  return { change, moved: { ...step, reportDueOn: dueOn, reportProvisional: provisional } };
};

const recounted = async (
  core: ServiceCore,
  record: CaseRecord,
  step: KeptStep,
  calendar: WorkingDayCalendar,
): Promise<Recounted> => {
  const today = core.clock.today();
  const { change, due } = recountDueDay(step, today, calendar);
  // A day that is over is for who records it: it has been recorded, or is looked at once more before it is.
  const isOver = !step.reportProvisional && step.reportDueOn < today;
  const report: Recounted = isOver
    ? { change: 'NONE', moved: step }
    : await recountedReport(core, record, step, calendar, today);
  return { change: change === 'NONE' ? report.change : change, moved: { ...report.moved, ...due } };
};

const otherwise = `ended_at is null and exists (select from transfer_step s where s.case_id = transfer_case.case_id
  and s.decided_at is null and (s.calendar_version < $1 or s.calendar_version > $1))`;

/**
 * Counts the days of the open steps of the next case again that were counted by another calendar than the one in force, each
 * once (ORG-28); true when there may be more.
 */
export const recountNext = async (core: ServiceCore): Promise<boolean> => {
  enforces('ORG-28');
  const found = await onFirstCase(core, async (tx, first) => {
    const calendar = workingDayCalendar(await standingWorkingDays(tx));
    const record = await first(otherwise, [calendar.version], 'case_id');
    if (record === undefined) return false;
    const told: Told[] = [];
    for (const step of record.steps) {
      if (step.decidedAt !== null || step.calendarVersion === calendar.version) continue;
      const { change, moved } = await recounted(core, record, step, calendar);
      await updateDays(tx, record, moved);
      if (change !== 'NONE') told.push(stepDueMoved(record, moved));
    }
    if (told.length > 0) await saveCase(tx, core.clock.now(), record, record, told);
    return true;
  });
  if (found) core.wakeRelay();
  return found;
};
