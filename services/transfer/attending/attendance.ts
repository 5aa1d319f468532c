import type { Stage } from '#libs/contracts/vocabulary.ts';
import type { IsoDate } from '#libs/law/dates.ts';
import type { LawPlace } from '#libs/law/finding.ts';
import { judgeViolation } from '#libs/law/organization/violation.ts';
import { judgeAttendingWithoutTransfer } from '#libs/law/transfer/attending.ts';
import { judgeOfflineFollowUp } from '#libs/law/transfer/offline.ts';
import type { CaseSide } from '../cases/case-record.ts';
import type { CaseFinding } from '../cases/own-finding.ts';

/**
 * Why a pupil attends where the registration is not. WITHOUT_TRANSFER: taken in before the formalities (TRF-49).
 * OFFLINE_DECISION: decided outside in a fault (TRF-24). REGISTRATION_STAYS: a disabled pupil whose registration stays at
 * the old school (TRF-29).
 */
export type AttendanceBasis = 'WITHOUT_TRANSFER' | 'OFFLINE_DECISION' | 'REGISTRATION_STAYS';

/**
 * How an attendance ended without a transfer. LEFT: the school says that the pupil does not attend it. CONTESTED: the school
 * that has the registration says so. REGISTRATION_MOVED: the registration has gone to a third school. SCHOOLS_JOINED: by a
 * merger there is one school instead of two: that which has the registration, or which has reported the pupil itself.
 */
export type AttendanceEnd = 'LEFT' | 'CONTESTED' | 'REGISTRATION_MOVED' | 'SCHOOLS_JOINED';

export type Attendance = {
  id: string;
  person: string;
  basis: AttendanceBasis;
  stage: Stage;
  source: Omit<CaseSide, 'stage'>;
  target: Omit<CaseSide, 'stage'>;
  /** Registry authority of the registration when it was reported: all that the attended school learns of where it is (PRV-15). */
  toldAuthority: string;
  since: IsoDate;
  /** An inclusive class or a special school, where the registration may be elsewhere (TRF-49). */
  exempt: boolean;
  /** Taken in in compliance with the rules (TRF-50, Shanxi). */
  inCompliance: boolean;
  /** Reference of the fault in which it was decided outside. */
  fault: string | null;
  /** Instant from which the time to start the transfer counts; null where none runs (yet). */
  dueFrom: string | null;
  dueOn: IsoDate | null;
  provisional: boolean;
  reportedBy: string;
  reportedAt: string;
  /** The case that the school has started, and when. */
  transfer: string | null;
  doneOn: IsoDate | null;
  /** The day from which the pupil attended no longer, without a transfer. */
  endedOn: IsoDate | null;
  endedHow: AttendanceEnd | null;
  /** Why the school that has the registration says that it is not so. */
  endedNote: string | null;
  /** The day on which it was noted that the transfer was not started in time. */
  lateOn: IsoDate | null;
  version: number;
  events: number;
};

type Standing = Pick<
  Attendance,
  'basis' | 'stage' | 'exempt' | 'inCompliance' | 'dueOn' | 'provisional' | 'doneOn' | 'endedOn'
>;

/**
 * What is on record of an attendance today; nobody is ever sent away for it (ENR-05, CF-13). `place`: of the
 * school.
 */
export const judgeAttendance = (standing: Standing, today: IsoDate, place: LawPlace): CaseFinding[] => {
  const { basis, stage, dueOn } = standing;
  if (dueOn === null) return [];
  const doneOn = standing.doneOn ?? standing.endedOn;
  const clock = {
    ...{ dueDate: dueOn, provisional: standing.provisional, today },
    ...(doneOn === null ? {} : { doneOn }),
  };
  if (basis === 'OFFLINE_DECISION') return judgeOfflineFollowUp(clock, place);
  const facts = { ...clock, stage, exempt: standing.exempt, acceptedInCompliance: standing.inCompliance };
  return judgeAttendingWithoutTransfer(facts, place);
};

/** True where the school's omission is a breach that its authority may order to be corrected (ORG-21, TRF-50). */
export const isBreach = (standing: Standing, today: IsoDate, place: LawPlace): boolean => {
  const { stage, inCompliance: acceptedInCompliance } = standing;
  const kind = 'ACCEPTED_STUDENT_NOT_TRANSFERRED';
  return (
    judgeAttendance(standing, today, place).some(({ ruleId }) => ruleId === 'TRF-50') &&
    judgeViolation({ kind, stage, acceptedInCompliance, seriousTrouble: false }, today, place).length > 0
  );
};

/** The findings that say that the time was over: they are noted once and told. */
export const isLateFinding = ({ ruleId, code }: CaseFinding): boolean =>
  ruleId === 'TRF-50' || code === 'OFFLINE_TRANSFER_NOT_CLOSED';
