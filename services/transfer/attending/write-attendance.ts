import { v7 as uuidv7 } from 'uuid';
import type { SchoolFact } from '#libs/contracts/events/organization.ts';
import { AttendanceReported } from '#libs/contracts/events/transfer-attendance.ts';
import { shanghaiDate } from '#libs/law/dates.ts';
import type { WorkingDayDeadline } from '#libs/law/working-days.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { type Command, canonicalJson, once } from '#libs/platform/commands/idempotency.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { query } from '#libs/platform/database/query.ts';
import { inScope } from '#libs/platform/database/scope.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { CaseFinding } from '../cases/own-finding.ts';
import { type Attendance, judgeAttendance } from './attendance.ts';
import { attendanceKnown } from './attendance-findings.ts';
import { insertAttendance } from './attendance-rows.ts';
import type { Attender } from './prepare-attendance.ts';
import { attendanceFacts, tellOf } from './save-attendance.ts';

export type Reported = { attendance: string | null; findings: readonly CaseFinding[] };

/** What was reported of a pupil beside who it is, and from when the time counts. */
export type Report = Pick<Attendance, 'basis' | 'since' | 'exempt' | 'inCompliance' | 'fault'> & {
  clock: { from: Date; due: WorkingDayDeadline } | null;
};

const sideOf = ({ code, place, province, authority }: SchoolFact): Attendance['source'] => ({
  school: code,
  ...{ place, province, authority },
});

const attendanceOf = (
  core: ServiceCore,
  caller: Actor,
  { person, registration, from, into }: Attender,
  { clock, ...report }: Report,
): Attendance => ({
  id: uuidv7(),
  person,
  ...report,
  stage: registration.stage,
  source: sideOf(from),
  target: sideOf(into),
  toldAuthority: from.authority,
  dueFrom: clock?.from.toISOString() ?? null,
  dueOn: clock?.due.dueDate ?? null,
  provisional: clock?.due.provisional ?? false,
  reportedBy: caller.subject,
  reportedAt: core.clock.now(),
  ...{
    transfer: null,
    doneOn: null,
    endedOn: null,
    endedHow: null,
    endedNote: null,
    lateOn: null,
    version: 1,
    events: 1,
  },
});

/** The case that the school has started for the pupil already; undefined where it has none. */
export const startedBefore = async (tx: Tx, { person, target }: Attendance) =>
  (
    await query<{ id: string; at: Date }>(
      tx,
      `select case_id as id, started_at as at from transfer_case
       where person_id = $1 and target_school = $2 and ended_at is null and started_at is not null`,
      [person, target.school],
    )
  )[0];

/** Writes an attendance once for a key, with what is on record of it; what the school has started already is done. */
export const writeAttendance = async (
  { core, caller, operation }: Command,
  { key, asked }: { key: string; asked: unknown },
  attender: Attender,
  report: Report,
): Promise<Reported> => {
  const made = attendanceOf(core, caller, attender, report);
  const at = made.reportedAt;
  // Numbers and names must not be guessed from what is kept of a request: it is kept under a key.
  const request = core.sealing.hash('request', canonicalJson(asked)).toString('base64url');
  const reported = await inScope(core.app, await core.directory.scopeOf(caller), (tx) =>
    once<Reported>(tx, { operation, caller: caller.subject, key, request, at }, async () => {
      const before = await startedBefore(tx, made);
      const written =
        before === undefined
          ? made
          : { ...made, transfer: before.id, doneOn: shanghaiDate(new Date(before.at)) };
      if (!(await insertAttendance(tx, written))) return { attendance: null, findings: [attendanceKnown] };
      const data = { ...attendanceFacts(written), dueOn: written.dueOn };
      await tellOf(tx, at, written, { kind: AttendanceReported, data });
      return {
        attendance: written.id,
        findings: judgeAttendance(written, core.clock.today(), attender.place),
      };
    }),
  );
  core.wakeRelay();
  return reported;
};
