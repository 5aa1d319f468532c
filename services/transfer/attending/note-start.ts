import { AttendanceEnded } from '#libs/contracts/events/transfer-attendance.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import type { CaseRecord } from '../cases/case-record.ts';
import { attendancesWhere, updateAttendance } from './attendance-rows.ts';
import { attendanceFacts, tellOf } from './save-attendance.ts';

/** The school has started the case of a pupil who attended already: what it owed is done (TRF-50, TRF-24). */
export const noteStarted = async (
  tx: Tx,
  { id, person, target }: CaseRecord,
  now: string,
  today: string,
): Promise<void> => {
  const open = await attendancesWhere(
    tx,
    'person_id = $1 and target_school = $2 and done_on is null and ended_on is null for update',
    [person, target.school],
  );
  for (const attendance of open) {
    const after = { ...attendance, transfer: id, doneOn: today };
    const done = { ...after, version: after.version + 1, events: after.events + 1 };
    await updateAttendance(tx, done);
    await tellOf(tx, now, done, {
      kind: AttendanceEnded,
      data: { ...attendanceFacts(done), how: 'TRANSFER_STARTED', on: today },
    });
  }
};
