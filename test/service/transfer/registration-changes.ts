import {
  EnrollmentCancelled,
  StudentGraduated,
  StudentResumed,
  StudentSuspended,
} from '#libs/contracts/events/enrollment-status.ts';
import { query } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { Effect } from '#services/enrollment/cases/plan.ts';
import { lockRegistration } from '#services/enrollment/cases/situation.ts';
import { changeStatus } from '#services/enrollment/cases/status-change.ts';

/** What else becomes of a registration, at an instant. */
export const EFFECTS = {
  suspended: (at) => ({ event: StudentSuspended, status: 'SUSPENDED', frozenAt: at }),
  resumed: () => ({ event: StudentResumed, status: 'IN_SCHOOL', frozenAt: null }),
  graduated: (at) => ({ event: StudentGraduated, status: 'GRADUATED', frozenAt: at }),
  dead: (at) => ({ event: EnrollmentCancelled, status: 'CANCELLED', frozenAt: at, active: false }),
} satisfies Record<string, (at: string) => Effect>;

/**
 * Changes the registration that counts for a person as enrollment's own cases do in the end; `become` chooses by the status
 * that it has, nothing leaves it as it is.
 */
export const changeRegistration = async (
  core: Pick<ServiceCore, 'worker' | 'clock' | 'wakeRelay'>,
  person: string,
  become: (status: string) => keyof typeof EFFECTS | undefined,
): Promise<void> => {
  await asWorker(core.worker, async (tx) => {
    const [row] = await query<{ id: string }>(
      tx,
      'select enrollment_id as id from enrollment where person_id = $1 and active',
      [person],
    );
    const found = row && (await lockRegistration(tx, person, row.id));
    const effect = found && become(found.status);
    const at = core.clock.now();
    if (found && effect) await changeStatus(tx, at, found, EFFECTS[effect](at), null);
  });
  core.wakeRelay();
};
