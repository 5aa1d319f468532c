import type { WorkingDayCalendar } from '../calendar/working-day-calendar.ts';
import { type IsoDate, shanghaiDate } from '../dates.ts';
import { deadlineAfter } from '../deadline.ts';
import { enforces } from '../enforces.ts';
import { isLate, type StepClock } from '../enrollment/step-clock.ts';
import { type Finding, findingIfInForce, type LawPlace } from '../finding.ts';
import type { Term } from '../organization/term-calendar.ts';
import { vacationsBetween } from '../organization/vacations.ts';
import { requireValue, resolve } from '../resolve.ts';
import { addWorkingDays, type ExceptedDays, type WorkingDayDeadline } from '../working-days.ts';
import { type Party, sideOf } from './parties.ts';

/**
 * When a party should have done its part: ten working days from when the step came to it, each party for itself (TRF-03);
 * for the receiving school, from its agreement to take the pupil in. Counted on the nation's calendar, also across
 * provinces, where Shanxi leaves the limits to the system (TRF-31). `place`: of the party; what comes later is on record
 * and goes on.
 */
export const stepDue = (
  openedAt: Date,
  place: LawPlace,
  calendar: WorkingDayCalendar,
): WorkingDayDeadline => {
  enforces('TRF-03', 'TRF-31');
  return deadlineAfter(openedAt, requireValue('transferStepWithin', place, shanghaiDate(openedAt)), calendar);
};

/**
 * The day after which an undone step goes into the monthly report (STA-01): the same working days, stepping over the
 * winter and summer vacations of the unit's jurisdiction. Purge and call-up know no vacations (CF-45).
 */
export const stepReportDue = (
  openedAt: Date,
  place: LawPlace,
  calendar: WorkingDayCalendar,
  vacations: readonly ExceptedDays[],
): WorkingDayDeadline => {
  enforces('STA-01');
  const { amount, unit } = requireValue('transferStepWithin', place, shanghaiDate(openedAt));
  if (unit !== 'WORKING_DAY') throw new RangeError('the report counts working days');
  return addWorkingDays(openedAt, amount, calendar, vacations);
};

/**
 * The day of the report as it can be told today: provisional as well where it reaches into a vacation whose end nobody has
 * entered, so that no unit is named for days of a vacation (STA-01; ours).
 */
export const stepReportClock = (
  openedAt: Date,
  place: LawPlace,
  calendar: WorkingDayCalendar,
  terms: readonly Term[],
): WorkingDayDeadline => {
  const { known, unknown } = vacationsBetween(terms);
  const due = stepReportDue(openedAt, place, calendar, known);
  const from = shanghaiDate(openedAt);
  const isOpen = unknown.some((days) => days.from <= due.dueDate && days.to > from);
  return { ...due, provisional: due.provisional || isOpen };
};

/** What a new count does to the day of the report of a step that is not yet in it; nobody is made late by it (ORG-28). */
export const recountReportDay = (
  kept: { dueOn: IsoDate; provisional: boolean },
  counted: Pick<WorkingDayDeadline, 'dueDate' | 'provisional'>,
  on: IsoDate,
): { change: 'NONE' | 'FIXED' | 'MOVED'; dueOn: IsoDate; provisional: boolean } => {
  if (counted.provisional) return { change: 'NONE', ...kept };
  const earliest = kept.dueOn < on ? kept.dueOn : on;
  const dueOn = counted.dueDate > earliest ? counted.dueDate : earliest;
  if (kept.provisional) return { change: 'FIXED', dueOn, provisional: false };
  return { change: dueOn === kept.dueOn ? 'NONE' : 'MOVED', dueOn, provisional: false };
};

/** A step of a case, or of the hand-over on going on that the measure of 2013 knew (TRF-54). */
export type StepTimeFacts = StepClock & { business: 'TRANSFER' | 'GOING_ON'; party: Party };

/** A step that was not done in time is on record; the case goes on (TRF-03; for going on until 2025 TRF-54). */
export const judgeStepTime = (facts: StepTimeFacts, place: LawPlace): Finding[] => {
  if (!isLate(facts)) return [];
  const said = {
    code: 'STEP_OVERDUE',
    outcome: 'RECORD' as const,
    message: `${sideOf(facts.party) === 'SOURCE' ? '转出' : '转入'}方本环节未在10个工作日内核办，将计入月度通报。`,
    messageEn: 'The step was not done within ten working days.',
    path: ['step'],
    remedy: '请尽快核办；业务照常继续，学生可以先入学就读。',
    ownerLevel: facts.party.endsWith('SCHOOL') ? ('SCHOOL' as const) : ('COUNTY' as const),
    on: facts.today,
    place,
  };
  return facts.business === 'TRANSFER' ? findingIfInForce('TRF-03', said) : findingIfInForce('TRF-54', said);
};

/**
 * The instant from which a case that is not in its call-up phase is purged (TRF-34): the end of the ninetieth day after
 * the start, vacations included. Undefined where no text purges.
 */
export const purgeDue = (
  startedAt: Date,
  place: LawPlace,
  calendar: WorkingDayCalendar,
): WorkingDayDeadline | undefined => {
  const after = resolve('transferPurgeAfter', place, shanghaiDate(startedAt)).value;
  return after ? deadlineAfter(startedAt, after, calendar) : undefined;
};

/** `underReview`: `stateAfter(course, 'PURGE')` is defined. `purgeAt`: as `purgeDue` gave it. */
export type PurgeFacts = { underReview: boolean; purgeAt: Date };

/** Over ninety days the system purges what parties have not finished; the receiving school starts anew (TRF-34). */
export const judgePurge = ({ underReview, purgeAt }: PurgeFacts, now: Date, place: LawPlace): Finding[] =>
  !underReview || now < purgeAt
    ? []
    : findingIfInForce('TRF-34', {
        outcome: 'RECORD',
        message: '该业务发起后超过90天未办结，已自动清理。',
        messageEn: 'The case was not finished within 90 days of its start and is purged.',
        path: ['case'],
        remedy: '仍需办理的，请转入学校重新发起；学生照常就读。',
        ownerLevel: 'SCHOOL',
        on: shanghaiDate(now),
        place,
      });

/**
 * Until when the receiving school calls up the file: ten working days from the last approval, vacations included
 * (TRF-33). Undefined where no text sets a limit.
 */
export const callUpDue = (
  approvedAt: Date,
  place: LawPlace,
  calendar: WorkingDayCalendar,
): WorkingDayDeadline | undefined => {
  const within = resolve('callUpWithin', place, shanghaiDate(approvedAt)).value;
  return within ? deadlineAfter(approvedAt, within, calendar) : undefined;
};

/** The clock of a call-up; `due` as `callUpDue` gave it. */
export type CallUpClock = { dueAt: Date; provisional: boolean };

/** True from the instant at which an approved case that nobody called up is cancelled; never on a provisional day. */
export const isCallUpExpired = ({ dueAt, provisional }: CallUpClock, now: Date): boolean =>
  !provisional && now >= dueAt;

/** What is on record when the system cancels a case that nobody called up in time (TRF-33). */
export const judgeCallUpExpiry = (clock: CallUpClock, now: Date, place: LawPlace): Finding[] =>
  isCallUpExpired(clock, now) ? callUpExpired('RECORD', shanghaiDate(now), place) : [];

/** The finding on an expired call-up: on record for the system, refused for a school that comes too late. */
export const callUpExpired = (outcome: 'RECORD' | 'REJECT', on: IsoDate, place: LawPlace): Finding[] =>
  findingIfInForce('TRF-33', {
    outcome,
    message: '核办完成后10个工作日内未调档，该业务自动取消，学籍仍在原学校。',
    messageEn: 'The file was not called up within ten working days; the case is cancelled.',
    path: ['case'],
    remedy: '学生确已到校报到的，请转入学校重新发起。',
    ownerLevel: 'SCHOOL',
    on,
    place,
  });
