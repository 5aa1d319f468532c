import type { EventKind } from '#libs/contracts/envelope.ts';
import { AttendanceEnded } from '#libs/contracts/events/transfer-attendance.ts';
import { shanghaiDate } from '#libs/law/dates.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { type Recorded, recordEvents } from '#libs/platform/events/outbox.ts';
import type { Attendance, AttendanceEnd } from './attendance.ts';
import { updateAttendance } from './attendance-rows.ts';

/** What every event says of an attendance. */
export const attendanceFacts = ({ id, person, basis, source, target, since }: Attendance) => ({
  attendance: id,
  ...{ person, basis, source, target, since },
});

/** Tells something of an attendance, under its next number. */
export const tellOf = (
  tx: Tx,
  at: string,
  { id, events }: Pick<Attendance, 'id' | 'events'>,
  told: Pick<Recorded<EventKind>, 'kind' | 'data'>,
): Promise<void> => recordEvents(tx, at, [{ ...told, aggregate: `attendance:${id}`, version: events }]);

/** By a merger there is one school instead of two: nothing is owed any more. */
export const endJoined = (tx: Tx, at: string, found: Attendance): Promise<void> =>
  endWithout(tx, at, found, {
    ...{ endedOn: shanghaiDate(new Date(at)), endedHow: 'SCHOOLS_JOINED', endedNote: null },
  });

type End = { endedOn: string; endedHow: AttendanceEnd; endedNote: string | null };

/** Ends an attendance without a transfer, and tells it. */
export const endWithout = async (tx: Tx, at: string, found: Attendance, end: End): Promise<void> => {
  const after = { ...found, ...end, version: found.version + 1, events: found.events + 1 };
  await updateAttendance(tx, after);
  const data = { ...attendanceFacts(after), how: end.endedHow, on: end.endedOn };
  await tellOf(tx, at, after, { kind: AttendanceEnded, data });
};
