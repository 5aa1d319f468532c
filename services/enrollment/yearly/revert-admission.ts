import { z } from 'zod';
import { AdmissionRolledBack } from '#libs/contracts/events/enrollment-status.ts';
import { Uuid } from '#libs/contracts/ids.ts';
import { judgeAdmissionRollback } from '#libs/law/enrollment/rollback.ts';
import { lawPlaceOfSchool } from '#libs/law/layers.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { once } from '#libs/platform/commands/idempotency.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { execute } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { outOfJurisdiction } from '#libs/platform/errors/errors.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { lockRegistration } from '../cases/situation.ts';
import { changeStatus } from '../cases/status-change.ts';
import { admissionsById } from './admission-rows.ts';
import type { Reverted } from './revert-graduation.ts';

const Input = z.object({
  idempotencyKey: z.string().min(1).max(100),
  admission: Uuid,
  reason: z.string().trim().min(1).max(1000),
});

/** The admitting school's authority puts a wrongly admitted pupil back to graduate, before the pupil reports (ENR-34). */
export const revertAdmission = async (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<Reverted> => {
  const caller = authorize(actor, 'rollback.decide');
  const asked = parseInput(Input, input);
  const at = core.clock.now();
  const own = await core.directory.scopeOf(caller);
  const reverted = await asWorker(core.worker, (tx) =>
    once<Reverted>(
      tx,
      { operation: 'revertAdmission', caller: caller.subject, key: asked.idempotencyKey, request: asked, at },
      async () => {
        const [admission] = await admissionsById(tx, [asked.admission], true);
        if (admission === undefined || admission.place < own.lo || admission.place > own.hi)
          throw outOfJurisdiction();
        const school = await core.directory.school(admission.school);
        const registration = await lockRegistration(tx, admission.person, admission.fromEnrollment);
        if (school === undefined || registration === undefined) throw outOfJurisdiction();
        const findings = judgeAdmissionRollback(
          {
            status: admission.state === 'ADMITTED' ? registration.status : 'NONE',
            reported: admission.state === 'REPORTED',
            byRegistryAuthority: caller.unit === school.authority,
          },
          core.clock.today(),
          lawPlaceOfSchool(school),
        );
        if (findings.some(({ outcome }) => outcome === 'REJECT')) return { done: false, findings };
        await changeStatus(tx, at, registration, { event: AdmissionRolledBack, status: 'GRADUATED' }, null);
        await execute(
          tx,
          `update admission set state = 'ROLLED_BACK', version = version + 1, ended_at = $3, ended_by = $4, reason = $5
           where person_id = $1 and admission_id = $2`,
          [admission.person, admission.id, at, caller.subject, asked.reason],
        );
        return { done: true, findings };
      },
    ),
  );
  core.wakeRelay();
  return reverted;
};
