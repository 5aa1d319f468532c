import { z } from 'zod';
import { EnrollmentResubmitted } from '#libs/contracts/events/enrollment.ts';
import { workingDayCalendar } from '#libs/law/calendar/working-day-calendar.ts';
import { approvalDue } from '#libs/law/enrollment/approval.ts';
import { type Finding, finding } from '#libs/law/finding.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { once } from '#libs/platform/commands/idempotency.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import { inScope } from '#libs/platform/database/scope.ts';
import { outOfJurisdiction, versionConflict } from '#libs/platform/errors/errors.ts';
import { recordEvents, recorded } from '#libs/platform/events/outbox.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { readEnrollmentId } from '../enrollment-id.ts';
import { lawPlaceOfSchool } from '../registration/intake.ts';

const Input = z.object({
  idempotencyKey: z.string().min(1).max(100),
  enrollment: z.string().max(100),
  expectedVersion: z.int(),
  note: z.string().trim().min(1).max(1000),
});

type Row = { school: string; place: string; province: string; status: string; version: number };
export type Resubmitted = { done: boolean; findings: Finding[] };

/** A registration that was sent back goes to the authority again, with what the school says to it (W-03). */
export const resubmitRegistration = async (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<Resubmitted> => {
  const caller = authorize(actor, 'registration.enter');
  const asked = parseInput(Input, input);
  const { person, enrollment } = readEnrollmentId(asked.enrollment);
  const at = core.clock.now();
  const outcome = await inScope(core.app, await core.directory.scopeOf(caller), (tx) =>
    once<Resubmitted>(
      tx,
      { caller: caller.subject, key: asked.idempotencyKey, request: asked, at },
      async () => {
        const [row] = await query<Row>(
          tx,
          `select e.school, e.place, e.province, e.status, p.version from pupil p
         join enrollment e on e.person_id = p.person_id
         where p.person_id = $1 and e.enrollment_id = $2 for update`,
          [person, enrollment],
        );
        if (row === undefined) throw outOfJurisdiction();
        if (row.version !== asked.expectedVersion) throw versionConflict(row.version);
        const school = await core.directory.school(row.school);
        const place = school ? lawPlaceOfSchool(school) : { province: row.province };
        if (row.status !== 'RETURNED_TO_SCHOOL')
          return { done: false, findings: [notReturned(core.clock.today(), place)] };
        const due = approvalDue(new Date(at), place, workingDayCalendar());
        await execute(
          tx,
          `update enrollment set status = 'PENDING_APPROVAL', decision_reason = $3, decided_at = null, decided_by = null,
           due_on = $4, due_provisional = $5 where person_id = $1 and enrollment_id = $2`,
          [person, enrollment, asked.note, due.dueDate, due.provisional],
        );
        await execute(tx, 'update pupil set version = version + 1 where person_id = $1', [person]);
        await recordEvents(tx, at, [
          recorded(EnrollmentResubmitted, person, row.version + 1, {
            person,
            enrollment,
            school: row.school,
            place: Number(row.place),
            province: row.province,
            status: 'PENDING_APPROVAL',
          }),
        ]);
        return { done: true, findings: [] };
      },
    ),
  );
  core.wakeRelay();
  return outcome;
};

const notReturned = (on: string, place: Parameters<typeof finding>[1]['place']): Finding =>
  finding('ENR-08', {
    code: 'NOT_RETURNED_TO_SCHOOL',
    outcome: 'REJECT',
    message: '该学籍未被退回，无须重新提交。',
    messageEn: 'This registration was not sent back.',
    remedy: '请刷新后查看最新状态。',
    on,
    place,
  });
