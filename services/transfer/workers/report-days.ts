import { StepDueForReport } from '#libs/contracts/events/transfer.ts';
import { workingDayCalendar } from '#libs/law/calendar/working-day-calendar.ts';
import { judgeReportTime } from '#libs/law/statistics/timeliness.ts';
import { openSteps } from '#libs/law/transfer/course.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute } from '#libs/platform/database/query.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { CaseRecord, KeptStep } from '../cases/case-record.ts';
import { lawPlaceOfParty } from '../cases/own-step.ts';
import { caseFacts, saveCase, type Told } from '../cases/save-case.ts';
import { updateDays } from '../cases/step-rows.ts';
import { stepDueMoved } from '../cases/steps-opened.ts';
import { recountedReport } from './recount-days.ts';
import { onFirstCase } from './set-aside.ts';

const waiting = `s.case_id = transfer_case.case_id and s.decided_at is null and s.report_recorded_on is null
  and s.report_due_on < $1::date and (s.report_looked_on is null or s.report_looked_on < $1::date)`;
// Before the start the clock of the four parties has not begun (CF-14): a draft is in no report.
const due = `ended_at is null and started_at is not null and exists (select from transfer_step s where ${waiting})`;

const isRecordedFirst = async (tx: Tx, { id }: CaseRecord, step: KeptStep, today: string): Promise<boolean> =>
  (await execute(
    tx,
    `update transfer_step set report_recorded_on = $4
     where case_id = $1 and turn = $2 and party = $3 and report_recorded_on is null`,
    [id, step.turn, step.party, today],
  )) === 1;

/** Looks at one step whose day is over: by the terms that are known now the day may lie later, or cannot be told yet. */
const lookAt = async (core: ServiceCore, tx: Tx, record: CaseRecord, step: KeptStep): Promise<Told[]> => {
  const today = core.clock.today();
  const calendar = workingDayCalendar(await core.directory.workingDays());
  const { moved, change } = await recountedReport(core, record, step, calendar, today);
  const place = await lawPlaceOfParty(core, record, step.party);
  const { party, unit, reportDueOn, reportProvisional } = moved;
  const told: Told[] = [];
  if (change !== 'NONE') {
    await updateDays(tx, record, moved);
    told.push(stepDueMoved(record, moved));
  }
  const clock = { dueDate: reportDueOn, provisional: reportProvisional, today };
  if (judgeReportTime(clock, place).length > 0 && (await isRecordedFirst(tx, record, step, today))) {
    told.push({ kind: StepDueForReport, data: { ...caseFacts(record), party, unit, reportDueOn } });
  }
  return told;
};

/**
 * Puts on record, once for each step, that it goes into the monthly report (STA-01): not done in ten working days outside of
 * the vacations of its unit's place. A day that cannot be told yet is looked at again on another day. True when there may be more.
 */
export const recordForReportNext = async (core: ServiceCore): Promise<boolean> => {
  const found = await onFirstCase(core, async (tx, first) => {
    const today = core.clock.today();
    const record = await first(due, [today], 'case_id');
    if (record === undefined) return false;
    const told: Told[] = [];
    for (const { turn, party } of openSteps(record)) {
      const step = record.steps.find((each) => each.turn === turn && each.party === party);
      if (step === undefined || step.reportDueOn >= today) continue;
      told.push(...(await lookAt(core, tx, record, step)));
    }
    await execute(
      tx,
      'update transfer_step set report_looked_on = $2 where case_id = $1 and decided_at is null',
      [record.id, today],
    );
    if (told.length > 0) await saveCase(tx, core.clock.now(), record, record, told);
    return true;
  });
  if (found) core.wakeRelay();
  return found;
};
