import type { EventKind } from '#libs/contracts/envelope.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { type Recorded, recordEvents } from '#libs/platform/events/outbox.ts';
import type { Attendance } from './attendance.ts';

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
