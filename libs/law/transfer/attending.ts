import type { IsoDate } from '../dates.ts';
import { carriedBy } from '../enrollment/carried-by.ts';
import { isLate, type StepClock } from '../enrollment/step-clock.ts';
import { type Finding, findingIfInForce, type LawPlace } from '../finding.ts';
import type { Stage } from '../layers.ts';

/**
 * A pupil who attends a school while the registration is elsewhere. `dueDate`: until when the school should have started
 * the transfer (`stepDue` from its taking in); `doneOn`: the day it did.
 */
export type AttendingFacts = StepClock & {
  stage: Stage;
  /** An inclusive class, a special or a specialised school: there the registration may be elsewhere. */
  exempt: boolean;
  /** The pupil was taken in in compliance with the rules; Shanxi asks for it. */
  acceptedInCompliance: boolean;
};

/**
 * Who attends is never sent away for a missing transfer (ENR-05, CF-13). That a school took a pupil in before the
 * formalities is on record (TRF-49); so is, once its time is over, that it has not started them (TRF-50), which is a
 * breach `ACCEPTED_STUDENT_NOT_TRANSFERRED` for `judgeViolation` too (ORG-21).
 */
export const judgeAttendingWithoutTransfer = (facts: AttendingFacts, place: LawPlace): Finding[] => {
  const { stage, today: on } = facts;
  const where = { code: 'ATTENDING_WITHOUT_TRANSFER', outcome: 'RECORD' as const, on, place, stage };
  const started = facts.doneOn !== undefined;
  return [
    ...(started || facts.exempt
      ? []
      : findingIfInForce('TRF-49', {
          message: '学生已在校就读，尚未办理转学手续。',
          messageEn: 'The pupil attends before the transfer formalities.',
          path: ['student'],
          remedy: '请立即发起转学；不得因此拒绝学生就读。',
          ownerLevel: 'SCHOOL',
          ...where,
        })),
    ...(isLate(facts) && owesTransfer(facts, on, place)
      ? findingIfInForce('TRF-50', {
          message: '学校接收学生后未及时为其办理转学手续，属违规情形。',
          messageEn: 'The school has taken the pupil in and not started the transfer in time.',
          path: ['student'],
          remedy: '请立即发起转学，由主管部门责令改正；学生照常就读。',
          ownerLevel: 'SCHOOL',
          ...where,
        })
      : []),
  ];
};

const owesTransfer = (facts: AttendingFacts, on: IsoDate, place: LawPlace): boolean =>
  facts.acceptedInCompliance || !carriedBy('TRF-50', ['SX26'], on, place, facts.stage);
