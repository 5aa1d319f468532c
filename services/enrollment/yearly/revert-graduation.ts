import { z } from 'zod';
import { GraduationRolledBack } from '#libs/contracts/events/enrollment-status.ts';
import { endOfDay } from '#libs/law/dates.ts';
import { judgeGraduationRollback } from '#libs/law/enrollment/rollback.ts';
import type { Finding } from '#libs/law/finding.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { once } from '#libs/platform/commands/idempotency.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { execute } from '#libs/platform/database/query.ts';
import { inScope } from '#libs/platform/database/scope.ts';
import { outOfJurisdiction, versionConflict } from '#libs/platform/errors/errors.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { lockRegistration, situationOf } from '../cases/situation.ts';
import { changeStatus } from '../cases/status-change.ts';
import { readEnrollmentId } from '../enrollment-id.ts';

const Input = z.object({
  idempotencyKey: z.string().min(1).max(100),
  enrollment: z.string().max(100),
  expectedVersion: z.int(),
  reason: z.string().trim().min(1).max(1000),
});

export type Reverted = { done: boolean; findings: Finding[] };

/**
 * The registry authority puts a wrongly graduated pupil back in school, within half a year (ENR-35); an admission is
 * rolled back before (CF-50). Who operated stands in the record (ACC-15).
 */
export const revertGraduation = async (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<Reverted> => {
  const caller = authorize(actor, 'rollback.decide');
  const asked = parseInput(Input, input);
  const { person, enrollment } = readEnrollmentId(asked.enrollment);
  const at = core.clock.now();
  const reverted = await inScope(core.app, await core.directory.scopeOf(caller), (tx) =>
    once<Reverted>(
      tx,
      {
        operation: 'revertGraduation',
        caller: caller.subject,
        key: asked.idempotencyKey,
        request: asked,
        at,
      },
      async () => {
        const registration = await lockRegistration(tx, person, enrollment);
        if (registration === undefined) throw outOfJurisdiction();
        if (registration.version !== asked.expectedVersion) throw versionConflict(registration.version);
        const { school, lawPlace, calendar, today } = await situationOf(core, tx, registration, {
          evidence: [],
        });
        const graduatedAt = new Date(endOfDay(registration.graduatedOn ?? today).getTime() - 1);
        const findings = judgeGraduationRollback(
          { status: registration.status, graduatedAt, byRegistryAuthority: caller.unit === school.authority },
          new Date(at),
          lawPlace,
          calendar,
        );
        if (findings.some(({ outcome }) => outcome === 'REJECT')) return { done: false, findings };
        await changeStatus(tx, at, registration, { event: GraduationRolledBack, status: 'IN_SCHOOL' }, null);
        await execute(
          tx,
          `update enrollment set graduated_on = null, decided_by = $3, decided_at = $4, decision_reason = $5
           where person_id = $1 and enrollment_id = $2`,
          [person, enrollment, caller.subject, at, asked.reason],
        );
        return { done: true, findings };
      },
    ),
  );
  core.wakeRelay();
  return reverted;
};
