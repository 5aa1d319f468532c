import type { WorkingDayCalendar } from '../calendar/working-day-calendar.ts';
import { addDays, addMonths, type IsoDate } from '../dates.ts';
import { isLate, type StepClock } from '../enrollment/step-clock.ts';
import { type Finding, findingIfInForce, type LawPlace } from '../finding.ts';
import { addWorkingDays, type WorkingDayDeadline } from '../working-days.ts';

/** A calendar month, `yyyy-mm`. */
export type Month = string;

export const monthOf = (date: IsoDate): Month => date.slice(0, 7);

/** The month before or after by so many. */
export const monthsFrom = (month: Month, n: number): Month => monthOf(addMonths(`${month}-01`, n));

/** The last day of a month. */
export const lastDayOf = (month: Month): IsoDate => addDays(`${monthsFrom(month, 1)}-01`, -1);

/** The first day on which a step is late for the report whose last day in time this was. */
export const lateFrom = (reportDueOn: IsoDate): IsoDate => addDays(reportDueOn, 1);

/** The day on which the report of a month is issued: the fifth working day of the next one (W-24; ours). */
export const reportIssueDay = (month: Month, calendar: WorkingDayCalendar): WorkingDayDeadline =>
  addWorkingDays(lastDayOf(month), 5, calendar);

/** A unit that did not decide in ten working days, vacations excepted, is named in the monthly report (STA-01). */
export const judgeReportTime = (clock: StepClock, place: LawPlace): Finding[] =>
  !isLate(clock)
    ? []
    : findingIfInForce('STA-01', {
        outcome: 'RECORD',
        message: '该单位未在10个工作日（寒暑假除外）内核办，列入月度通报。',
        messageEn:
          'The unit did not decide within ten working days, vacations excepted; the monthly report names it.',
        path: ['step'],
        remedy: '请尽快核办；业务照常继续。',
        on: clock.today,
        place,
      });

/**
 * Whether a unit is late cannot be told where the terms of its place, whose vacations do not count, or the working days of the
 * year have not been entered: the report says so instead of leaving the unit out (STA-01, ORG-28; ours). `steps`: those whose
 * days would be over.
 */
export const judgeUntold = (steps: number, on: IsoDate, place: LawPlace): Finding[] =>
  steps === 0
    ? []
    : findingIfInForce('ORG-28', {
        outcome: 'RECORD',
        message: `有${steps}个环节因所在地尚未录入学期起止日期或工作日历，无法计算是否超期。`,
        messageEn: `${steps} steps cannot be told to be overdue: the terms of the place, or the working days, were not entered.`,
        path: ['unitsWithoutCalendar'],
        remedy: '请县级教育行政部门尽快录入开学和放假日期；录入后重新计算。',
        ownerLevel: 'COUNTY',
        on,
        place,
      });

/** What stands on the board of undecided cases: a step over its ten working days and not decided (STA-10). */
export const judgeUndecided = (step: StepClock, place: LawPlace): Finding[] =>
  step.doneOn !== undefined || !isLate(step)
    ? []
    : findingIfInForce('STA-10', {
        code: 'STEP_OVERDUE',
        outcome: 'RECORD',
        message: '该环节超过10个工作日（寒暑假除外）仍未核办。',
        messageEn: 'The step has not been decided in ten working days, vacations excepted.',
        path: ['step'],
        remedy: '请尽快核办；上级可据此督办。',
        on: step.today,
        place,
      });

/** Refusals that were not let pass, as they stand in a month's list (STA-11). */
export const judgeBlockedRefusals = (blocked: number, on: IsoDate, place: LawPlace): Finding[] =>
  blocked === 0
    ? []
    : findingIfInForce('STA-11', {
        outcome: 'RECORD',
        message: `本月有${blocked}次以法律不允许的理由驳回被拦截。`,
        messageEn: `${blocked} refusals for unlawful reasons were blocked in this month.`,
        path: ['blockedRefusals'],
        on,
        place,
      });
