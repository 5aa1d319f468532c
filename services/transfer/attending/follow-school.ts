import { AttendanceSucceeded } from '#libs/contracts/events/transfer-attendance.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute } from '#libs/platform/database/query.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { Attendance } from './attendance.ts';
import { attendancesWhere } from './attendance-rows.ts';
import { onNextAttendance } from './next-attendance.ts';
import { attendanceFacts, endJoined, tellOf } from './save-attendance.ts';

const merged = `done_on is null and ended_on is null and exists (select from school_ref s
  where s.code = transfer_attendance.target_school and s.fact -> 'succession' ->> 'from' <= $1)`;

const isReportedThere = async (tx: Tx, person: string, school: string): Promise<boolean> =>
  (
    await attendancesWhere(
      tx,
      'person_id = $1 and target_school = $2 and done_on is null and ended_on is null',
      [person, school],
    )
  ).length > 0;

const goOn = async (
  tx: Tx,
  at: string,
  { target: former, ...found }: Attendance,
  target: Attendance['target'],
  merger: string,
): Promise<void> => {
  const after = { ...found, target, events: found.events + 1 };
  await execute(
    tx,
    `update transfer_attendance set target_school = $2, target_place = $3, target_province = $4, target_authority = $5,
       events = $6, version = version + 1 where attendance_id = $1`,
    [found.id, target.school, target.place, target.province, target.authority, after.events],
  );
  const data = { ...attendanceFacts(after), merger, former };
  await tellOf(tx, at, after, { kind: AttendanceSucceeded, data });
};

/**
 * Who attends a school that was merged attends the one that goes on, which owes the transfer within the time that has begun
 * (TRF-49, TRF-50; with everything of the ended school, ARC-13). Where that one has the registration, or has reported the
 * pupil itself, there is nothing left to report. True when there may be more.
 */
export const followNextAttended = async (core: ServiceCore): Promise<boolean> => {
  const [at, today] = [core.clock.now(), core.clock.today()];
  const found = await onNextAttendance(core, merged, [today], async (tx, attendance) => {
    const { succession } = (await core.directory.school(attendance.target.school)) ?? {};
    const into = succession && (await core.directory.school(succession.into));
    if (!succession || !into) throw new Error('A school goes on in one that nobody knows');
    const { code, place, province, authority } = into;
    const isOne = code === attendance.source.school || (await isReportedThere(tx, attendance.person, code));
    if (isOne) await endJoined(tx, at, attendance);
    else await goOn(tx, at, attendance, { school: code, place, province, authority }, succession.merger);
  });
  if (found) core.wakeRelay();
  return found;
};
