import type { IsoDate } from '../dates.ts';
import { enforces } from '../enforces.ts';
import type { Finding, LawPlace } from '../finding.ts';
import { isTransferEnd, missingApprovals, type TransferCourse, type TransferState } from './course.ts';
import { outOfOrder } from './order.ts';
import type { Way } from './parties.ts';

/**
 * What happens to a case beside the decisions of its parties. WITHDRAW: by the guardian. PURGE: over 90 days (TRF-34).
 * PURGE_BY_GRADUATION: its pupil has graduated (ENR-31). CALL_UP: by the receiving school, for somebody who reported
 * (TRF-32). CANCEL: not called up in time (TRF-33). HAND_OVER: the registration moves. DISCARD: before the start, by the
 * receiving school, or by the clock when it was left lying (ours).
 */
export type TransferAct =
  | 'WITHDRAW'
  | 'PURGE'
  | 'PURGE_BY_GRADUATION'
  | 'CALL_UP'
  | 'CANCEL'
  | 'HAND_OVER'
  | 'DISCARD';

type Acts = Partial<Record<TransferAct, TransferState>>;

const DRAFTED: Acts = { WITHDRAW: 'WITHDRAWN', PURGE_BY_GRADUATION: 'PURGED', DISCARD: 'DISCARDED' };
const UNDER_REVIEW: Acts = { WITHDRAW: 'WITHDRAWN', PURGE_BY_GRADUATION: 'PURGED', PURGE: 'PURGED' };
const AWAITED: Acts = { CALL_UP: 'CALL_UP', CANCEL: 'AUTO_CANCELLED' };

/** What the tables of W-09, W-10 and W-11 hold; what does not stand here does not happen. */
const TABLE: Readonly<Record<Way, Partial<Record<TransferState, Acts>>>> = {
  TRANSFER: {
    DRAFT: DRAFTED,
    PREFILING: DRAFTED,
    SOURCE_SCHOOL_REVIEW: UNDER_REVIEW,
    AUTHORITIES_REVIEW: UNDER_REVIEW,
    APPROVED: { HAND_OVER: 'HANDED_OVER' },
  },
  CALLED_UP_TRANSFER: {
    DRAFT: DRAFTED,
    PREFILING: DRAFTED,
    SOURCE_SCHOOL_REVIEW: UNDER_REVIEW,
    AUTHORITIES_REVIEW: UNDER_REVIEW,
    AWAIT_REPORTING: { ...AWAITED, PURGE_BY_GRADUATION: 'PURGED' },
    CALL_UP: { HAND_OVER: 'HANDED_OVER', PURGE_BY_GRADUATION: 'PURGED' },
  },
  STUDY: {
    DRAFT: { WITHDRAW: 'WITHDRAWN', DISCARD: 'DISCARDED' },
    TARGET_COUNTY_REVIEW: { PURGE: 'PURGED' },
    SOURCE_COUNTY_REVIEW: { PURGE: 'PURGED' },
    AWAIT_REPORTING: AWAITED,
    CALL_UP: { HAND_OVER: 'HANDED_OVER' },
  },
};

/**
 * The state after an act, or undefined where the workflow of the case has no such transition. The registration moves,
 * and the file is called up, only with every approval (TRF-02).
 */
export const stateAfter = (course: TransferCourse, act: TransferAct): TransferState | undefined => {
  enforces('TRF-02', 'TRF-32', 'TRF-34');
  const needsApprovals = act === 'HAND_OVER' || act === 'CALL_UP';
  if (needsApprovals && missingApprovals(course).length > 0) return undefined;
  return TABLE[course.plan.way][course.state]?.[act];
};

/** Refuses an act that the workflow of the case does not have in its state. `place`: of the side that acts. */
export const judgeAct = (
  course: TransferCourse,
  act: TransferAct,
  on: IsoDate,
  place: LawPlace,
): Finding[] => {
  if (stateAfter(course, act) !== undefined) return [];
  if (isTransferEnd(course.state)) return outOfOrder('CASE_ENDED', on, place);
  if (act === 'WITHDRAW') return outOfOrder('TOO_LATE_TO_WITHDRAW', on, place);
  return outOfOrder(act === 'DISCARD' ? 'TOO_LATE_TO_DISCARD' : 'OUT_OF_ORDER', on, place);
};
