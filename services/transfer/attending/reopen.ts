import { AttendanceReopened } from '#libs/contracts/events/transfer-attendance.ts';
import { workingDayCalendar } from '#libs/law/calendar/working-day-calendar.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute } from '#libs/platform/database/query.ts';
import { standingWorkingDays } from '#libs/platform/directory/working-days.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { CaseRecord } from '../cases/case-record.ts';
import type { Attendance } from './attendance.ts';
import { attendancesWhere, updateAttendance } from './attendance-rows.ts';
import { dueOf } from './late-attendance.ts';
import { attendanceFacts, tellOf } from './save-attendance.ts';
import { startedBefore } from './write-attendance.ts';

/** The last that was reported of the pupil and was done with by this case, where nothing newer is open at the school. */
const doneBy = `transfer_id = $1 and ended_on is null and not exists (select from transfer_attendance o
  where o.person_id = transfer_attendance.person_id and o.target_school = transfer_attendance.target_school
    and o.done_on is null and o.ended_on is null)
  order by reported_at desc, attendance_id limit 1 for update`;

/** Where time ran, it runs anew from the end of the case; where none did, none does. */
const newClock = async (core: ServiceCore, tx: Tx, attendance: Attendance, from: string) => {
  if (attendance.dueFrom === null) return { dueFrom: null, dueOn: null, provisional: false };
  const calendar = workingDayCalendar(await standingWorkingDays(tx));
  const { due } = await dueOf(core, attendance, new Date(from), calendar);
  return { dueFrom: from, dueOn: due.dueDate, provisional: due.provisional };
};

/**
 * The case of a pupil who attended already has ended without bringing the registration over: the pupil attends without a
 * transfer as before, on record again, and the school owes it from that instant (TRF-49, TRF-50, TRF-24). Where the school has
 * started another case meanwhile, that one is what it owed.
 */
export const reopenAfter = async (core: ServiceCore, tx: Tx, record: CaseRecord): Promise<void> => {
  const { id, startedAt, endedAt, state } = record;
  if (startedAt === null || endedAt === null || state === 'HANDED_OVER') return;
  const [found] = await attendancesWhere(tx, doneBy, [id]);
  if (found === undefined) return;
  const version = found.version + 1;
  const running = await startedBefore(tx, found);
  if (running !== undefined) {
    await updateAttendance(tx, { ...found, transfer: running.id, version });
    return;
  }
  const clock = await newClock(core, tx, found, endedAt);
  const after = { ...found, ...clock, transfer: null, doneOn: null, version, events: found.events + 1 };
  await updateAttendance(tx, after);
  await execute(
    tx,
    `update transfer_attendance set due_from = $2, due_on = $3, provisional = $4, late_on = null, looked_on = null
     where attendance_id = $1`,
    [found.id, clock.dueFrom, clock.dueOn, clock.provisional],
  );
  const data = { ...attendanceFacts(after), transfer: id, dueOn: clock.dueOn };
  await tellOf(tx, core.clock.now(), after, { kind: AttendanceReopened, data });
};
