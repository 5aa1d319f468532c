import { EnrollmentCaseKind, type EnrollmentStatus, Stage } from '#libs/contracts/vocabulary.ts';
import { type StatusEvent, statusAfter } from '#libs/law/enrollment/status.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { isGranted } from '#libs/platform/permissions/table.ts';

/** What a case of each kind is to do to the registration in the end (W-02). */
const events: Readonly<Record<Exclude<EnrollmentCaseKind, 'GRADE_CHANGE'>, StatusEvent>> = {
  SUSPENSION: 'SUSPEND',
  RESUMPTION: 'RESUME',
  WITHDRAWAL: 'WITHDRAW',
  ABROAD: 'GO_ABROAD',
  RETURN: 'RETURN_FROM_ABROAD',
  OTHER_LEAVE: 'LEAVE_OTHERWISE',
  DEATH: 'DIE',
  EXPULSION: 'EXPEL',
  COME_BACK: 'COME_BACK',
};

const leadsSomewhere = (kind: EnrollmentCaseKind, status: EnrollmentStatus, stage: Stage): boolean => {
  if (kind === 'GRADE_CHANGE') return status === 'IN_SCHOOL' && stage !== 'PRESCHOOL';
  // A suspension is renewed by a new application (W-13).
  if (kind === 'SUSPENSION' && status === 'SUSPENDED') return true;
  return statusAfter(status, events[kind], stage) !== undefined;
};

/**
 * Kinds of cases that the registrar of the pupil's own school may begin about a registration of this state (W-02, W-25);
 * whether the law lets one happen now its preview tells.
 */
export const beginningsOf = (
  { school, status, stage }: { school: string; status: EnrollmentStatus; stage: string },
  actor: Actor,
): string[] => {
  const at = Stage.safeParse(stage);
  if (!at.success || actor.school !== school || !isGranted(actor, 'case.enter')) return [];
  return EnrollmentCaseKind.options
    .filter((kind) => leadsSomewhere(kind, status, at.data))
    .map((kind) => `BEGIN_${kind}`);
};
