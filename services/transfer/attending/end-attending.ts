import { z } from 'zod';
import { AttendanceEnded } from '#libs/contracts/events/transfer-attendance.ts';
import { Day, isUuid } from '#libs/contracts/ids.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { once } from '#libs/platform/commands/idempotency.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { inScope } from '#libs/platform/database/scope.ts';
import { outOfJurisdiction, versionConflict } from '#libs/platform/errors/errors.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { attendanceEnded, leftEarlier } from './attendance-findings.ts';
import { attendancesWhere, updateAttendance } from './attendance-rows.ts';
import { attendanceFacts, tellOf } from './save-attendance.ts';
import type { Reported } from './write-attendance.ts';

const Ending = z.object({
  idempotencyKey: z.string().min(1).max(100),
  attendance: z.string().max(100),
  expectedVersion: z.int(),
  leftOn: Day,
});

/** The school reports that a pupil who was never transferred attends it no longer, or never did: nothing more is owed. */
export const endAttending = async (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<Reported> => {
  const caller = authorize(actor, 'attendance.report');
  const asked = parseInput(Ending, input);
  if (!isUuid(asked.attendance)) throw outOfJurisdiction();
  const [at, today] = [core.clock.now(), core.clock.today()];
  const order = {
    operation: 'endAttending',
    caller: caller.subject,
    key: asked.idempotencyKey,
    request: asked,
    at,
  };
  const ended = await inScope(core.app, await core.directory.scopeOf(caller), (tx) =>
    once<Reported>(tx, order, async () => {
      const [found] = await attendancesWhere(tx, 'attendance_id = $1 for update', [asked.attendance]);
      if (found === undefined || found.target.school !== caller.school) throw outOfJurisdiction();
      if (found.version !== asked.expectedVersion) throw versionConflict(found.version);
      const isOver = found.doneOn !== null || found.endedOn !== null;
      if (isOver) return { attendance: null, findings: [attendanceEnded] };
      if (asked.leftOn < found.since || asked.leftOn > today) {
        return { attendance: null, findings: [leftEarlier] };
      }
      const { version, events } = found;
      const after = { ...found, endedOn: asked.leftOn, version: version + 1, events: events + 1 };
      await updateAttendance(tx, after);
      const data = { ...attendanceFacts(after), how: 'LEFT' as const, on: asked.leftOn };
      await tellOf(tx, at, after, { kind: AttendanceEnded, data });
      return { attendance: found.id, findings: [] };
    }),
  );
  core.wakeRelay();
  return ended;
};
