import {
  AcceptedPupilNotTransferred,
  OfflineTransferNotClosed,
} from '#libs/contracts/events/transfer-attendance.ts';
import { type WorkingDayCalendar, workingDayCalendar } from '#libs/law/calendar/working-day-calendar.ts';
import { lawPlaceOfSchool } from '#libs/law/layers.ts';
import { stepDue } from '#libs/law/transfer/clocks.ts';
import { offlineFollowUpDue } from '#libs/law/transfer/offline.ts';
import { execute } from '#libs/platform/database/query.ts';
import { standingWorkingDays } from '#libs/platform/directory/working-days.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { CaseFinding } from '../cases/own-finding.ts';
import { faultByReference } from '../faults/fault-rows.ts';
import { type Attendance, isLateFinding, judgeAttendance } from './attendance.ts';
import { onNextAttendance } from './next-attendance.ts';
import { attendanceFacts, tellOf } from './save-attendance.ts';

/** Counted on today's calendar of working days, whatever was known when it was reported. */
export const dueOf = async (
  core: ServiceCore,
  attendance: Attendance,
  from: Date,
  calendar: WorkingDayCalendar,
) => {
  const school = await core.directory.school(attendance.target.school);
  const place = school ? lawPlaceOfSchool(school) : { province: attendance.target.province };
  const due =
    attendance.basis === 'OFFLINE_DECISION'
      ? offlineFollowUpDue(from, place, calendar)
      : stepDue(from, place, calendar);
  return { place, due };
};

const begins = `fault is not null and due_from is null and exists (select from transfer_fault f
  where f.reference = transfer_attendance.fault and f.ended_at is not null)`;

/** The time of what was decided outside begins when its fault is over (TRF-24). True when there may be more. */
export const beginOfflineTime = (core: ServiceCore): Promise<boolean> =>
  onNextAttendance(core, begins, [], async (tx, found) => {
    const fault = found.fault === null ? undefined : await faultByReference(tx, found.fault);
    if (!fault?.endedAt) return;
    const calendar = workingDayCalendar(await standingWorkingDays(tx));
    const { due } = await dueOf(core, found, new Date(fault.endedAt), calendar);
    await execute(
      tx,
      'update transfer_attendance set due_from = $2, due_on = $3, provisional = $4, version = version + 1 where attendance_id = $1',
      [found.id, fault.endedAt, due.dueDate, due.provisional],
    );
  });

const told = (attendance: Attendance, dueOn: string, findings: readonly CaseFinding[]) => {
  const facts = { ...attendanceFacts(attendance), dueOn };
  if (!findings.some(isLateFinding)) return undefined;
  return attendance.basis === 'OFFLINE_DECISION'
    ? { kind: OfflineTransferNotClosed, data: { ...facts, fault: attendance.fault ?? '' } }
    : { kind: AcceptedPupilNotTransferred, data: facts };
};

const waiting = `late_on is null and due_from is not null
  and (due_on < coalesce(done_on, ended_on, $1::date) or (provisional and done_on is null and ended_on is null))
  and (looked_on is null or looked_on < $1::date)`;

/**
 * Puts on record, once for each pupil, that the school has not started the transfer in time (TRF-50, TRF-24); attendance
 * goes on. The day is counted anew first, so that nobody is late by a day that is provisional; one
 * that is provisional is looked at daily until its year is published (ORG-28). True when there may be more.
 */
export const recordLateAttendance = async (core: ServiceCore): Promise<boolean> => {
  const [now, today] = [core.clock.now(), core.clock.today()];
  const found = await onNextAttendance(core, waiting, [today], async (tx, attendance) => {
    if (attendance.dueFrom === null) return;
    const calendar = workingDayCalendar(await standingWorkingDays(tx));
    const { place, due } = await dueOf(core, attendance, new Date(attendance.dueFrom), calendar);
    const counted = { ...attendance, dueOn: due.dueDate, provisional: due.provisional };
    const event = told(counted, due.dueDate, judgeAttendance(counted, today, place));
    const events = attendance.events + (event === undefined ? 0 : 1);
    await execute(
      tx,
      `update transfer_attendance set due_on = $2, provisional = $3, looked_on = $4, late_on = $5, events = $6,
         version = version + 1 where attendance_id = $1`,
      [attendance.id, due.dueDate, due.provisional, today, event === undefined ? null : today, events],
    );
    if (event !== undefined) await tellOf(tx, now, { id: attendance.id, events }, event);
  });
  if (found) core.wakeRelay();
  return found;
};
