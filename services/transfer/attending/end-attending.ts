import { z } from 'zod';
import { Day, isUuid } from '#libs/contracts/ids.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { once } from '#libs/platform/commands/idempotency.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { inScope } from '#libs/platform/database/scope.ts';
import { outOfJurisdiction, versionConflict } from '#libs/platform/errors/errors.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { Attendance, AttendanceEnd } from './attendance.ts';
import { attendanceEnded, contestedForReason, leftEarlier } from './attendance-findings.ts';
import { attendancesWhere } from './attendance-rows.ts';
import { endWithout } from './save-attendance.ts';
import type { Reported } from './write-attendance.ts';

const Ending = z.object({
  idempotencyKey: z.string().min(1).max(100),
  attendance: z.string().max(100),
  expectedVersion: z.int(),
  leftOn: Day,
  note: z.string().trim().min(1).max(300).nullish(),
});

/** LEFT by the attended school, CONTESTED by the one that has the registration; undefined for anybody else. */
const howBy = ({ source, target }: Attendance, { school }: Actor): AttendanceEnd | undefined => {
  if (school === undefined) return undefined;
  if (school === target.school) return 'LEFT';
  return school === source.school ? 'CONTESTED' : undefined;
};

/**
 * The school reports that a pupil who was never transferred attends it no longer, or never did: nothing more is owed. The
 * school that has the registration may say so too, with its reason, of a pupil who is in its own class rooms: nobody is
 * claimed by a report alone. Whom the other school really teaches, it reports again.
 */
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
      const how = found && howBy(found, caller);
      if (found === undefined || how === undefined) throw outOfJurisdiction();
      if (found.version !== asked.expectedVersion) throw versionConflict(found.version);
      const isOver = found.doneOn !== null || found.endedOn !== null;
      if (isOver) return { attendance: null, findings: [attendanceEnded] };
      if (asked.leftOn < found.since || asked.leftOn > today) {
        return { attendance: null, findings: [leftEarlier] };
      }
      const endedNote = how === 'CONTESTED' ? (asked.note ?? null) : null;
      if (how === 'CONTESTED' && endedNote === null)
        return { attendance: null, findings: [contestedForReason] };
      await endWithout(tx, at, found, { endedOn: asked.leftOn, endedHow: how, endedNote });
      return { attendance: found.id, findings: [] };
    }),
  );
  core.wakeRelay();
  return ended;
};
