import type { Stage } from '../layers.ts';

/** The status of a registration (W-02). Marks such as `dropoutMark` or `awayReason` stand beside it. */
export type EnrollmentStatus =
  | 'PENDING_APPROVAL'
  | 'RETURNED_TO_SCHOOL'
  | 'REFUSED'
  | 'IN_SCHOOL'
  | 'SUSPENDED'
  | 'GRADUATED'
  | 'ADMITTED'
  | 'COMPLETED'
  | 'WITHDRAWN'
  | 'EXPELLED'
  | 'ABROAD'
  | 'LEFT_OTHER'
  | 'CANCELLED'
  | 'ADMISSION_CANCELLED';

/**
 * What happens to a registration. TAKE_UP_AFTER_TRANSFER: formalities at the new school of somebody who had left.
 * CANCEL: for another reason than death; there is no such transition, so that it is always refused.
 */
export type StatusEvent =
  | 'APPROVE'
  | 'SEND_BACK'
  | 'REFUSE'
  | 'RESUBMIT'
  | 'SUSPEND'
  | 'RESUME'
  | 'GRADUATE'
  | 'ADMIT'
  | 'ADMIT_CROSS_PROVINCE'
  | 'REPORT'
  | 'CANCEL_ADMISSION'
  | 'RELEASE_FOR_ADMISSION'
  | 'ROLL_BACK_ADMISSION'
  | 'ROLL_BACK_GRADUATION'
  | 'COMPLETE'
  | 'WITHDRAW'
  | 'DECLARE_INCOMPLETE'
  | 'EXPEL'
  | 'LEAVE_OTHERWISE'
  | 'COME_BACK'
  | 'GO_ABROAD'
  | 'RETURN_FROM_ABROAD'
  | 'TAKE_UP_AFTER_TRANSFER'
  | 'ENTER_SPECIALIZED_SCHOOL'
  | 'LEAVE_SPECIALIZED_SCHOOL'
  | 'DIE'
  | 'CANCEL';

/** Where an event leads; `stages`: those in which it exists, absent for every stage. */
type Step = { to: EnrollmentStatus; stages?: readonly Stage[] };
type Steps = Partial<Record<StatusEvent, Step>>;

const to = (status: EnrollmentStatus): Step => ({ to: status });
/** Preschool knows entry, change, leaving, graduation and going on only (PRE-01). */
const atSchool = (status: EnrollmentStatus): Step => ({
  to: status,
  stages: ['PRIMARY', 'JUNIOR', 'SENIOR'],
});
const senior = (status: EnrollmentStatus): Step => ({ to: status, stages: ['SENIOR'] });

const DIE: Steps = { DIE: to('CANCELLED') };
const TAKE_UP: Steps = { TAKE_UP_AFTER_TRANSFER: atSchool('IN_SCHOOL') };

/** The transition table of W-02, complete: what does not stand here does not happen. */
const TABLE: Record<EnrollmentStatus, Steps> = {
  PENDING_APPROVAL: {
    APPROVE: to('IN_SCHOOL'),
    SEND_BACK: to('RETURNED_TO_SCHOOL'),
    REFUSE: to('REFUSED'),
    ...DIE,
  },
  RETURNED_TO_SCHOOL: { RESUBMIT: to('PENDING_APPROVAL'), ...DIE },
  REFUSED: {},
  IN_SCHOOL: {
    SUSPEND: atSchool('SUSPENDED'),
    GRADUATE: to('GRADUATED'),
    CANCEL_ADMISSION: senior('ADMISSION_CANCELLED'),
    COMPLETE: { to: 'COMPLETED', stages: ['JUNIOR', 'SENIOR'] },
    WITHDRAW: senior('WITHDRAWN'),
    EXPEL: senior('EXPELLED'),
    LEAVE_OTHERWISE: atSchool('LEFT_OTHER'),
    GO_ABROAD: atSchool('ABROAD'),
    ENTER_SPECIALIZED_SCHOOL: atSchool('IN_SCHOOL'),
    LEAVE_SPECIALIZED_SCHOOL: atSchool('IN_SCHOOL'),
    ...DIE,
  },
  SUSPENDED: { RESUME: atSchool('IN_SCHOOL'), WITHDRAW: senior('WITHDRAWN'), ...DIE },
  GRADUATED: {
    ADMIT: to('ADMITTED'),
    ADMIT_CROSS_PROVINCE: atSchool('ADMITTED'),
    ROLL_BACK_GRADUATION: to('IN_SCHOOL'),
    ...DIE,
  },
  ADMITTED: {
    REPORT: to('IN_SCHOOL'),
    CANCEL_ADMISSION: senior('ADMISSION_CANCELLED'),
    ROLL_BACK_ADMISSION: to('GRADUATED'),
    ...DIE,
  },
  COMPLETED: DIE,
  WITHDRAWN: { DECLARE_INCOMPLETE: senior('WITHDRAWN'), ...TAKE_UP, ...DIE },
  EXPELLED: { DECLARE_INCOMPLETE: senior('EXPELLED'), ...TAKE_UP, ...DIE },
  ABROAD: { RETURN_FROM_ABROAD: atSchool('IN_SCHOOL'), ...TAKE_UP, ...DIE },
  LEFT_OTHER: { COME_BACK: atSchool('IN_SCHOOL'), ...TAKE_UP, ...DIE },
  CANCELLED: {},
  ADMISSION_CANCELLED: { RELEASE_FOR_ADMISSION: to('GRADUATED'), ...DIE },
};

/**
 * The status after an event, or undefined where W-02 has no such transition. `stage`: of the school at which the
 * event happens; for an admission that of the admitting school.
 */
export const statusAfter = (
  status: EnrollmentStatus,
  event: StatusEvent,
  stage: Stage,
): EnrollmentStatus | undefined => {
  const step = TABLE[status][event];
  return step && (!step.stages || step.stages.includes(stage)) ? step.to : undefined;
};

/** A registration and what is to happen to it; `stage` as in `statusAfter`. */
export type TransitionFacts = { status: EnrollmentStatus; event: StatusEvent; stage: Stage };
