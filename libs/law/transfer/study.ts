import type { IsoDate } from '../dates.ts';
import { judgeAdmission } from '../enrollment/going-on.ts';
import type { Finding, LawPlace } from '../finding.ts';

/** What the receiving county looks at before it agrees to take a graduate of another province. */
export type StudyAdmissionFacts = {
  /** The receiving province's conditions for pupils from elsewhere are met (TRF-37). */
  meetsPolicy: boolean;
  /** The pupil is in the receiving school's admission plan. */
  inPlan: boolean;
};

/**
 * Cross-province study goes by the receiving side's conditions and plan (ENR-25, TRF-37); asked in the receiving county's
 * step of W-11. Whether the pupil has graduated is judged at the start (`judgeTransferStatus`), whether the stage follows
 * by the years of schooling (`judgeTransferGrade`), since systems split them differently.
 */
export const judgeStudyAdmission = (facts: StudyAdmissionFacts, on: IsoDate, place: LawPlace): Finding[] =>
  judgeAdmission({ ...facts, ...GRADUATE }, on, place);

const GRADUATE = { status: 'GRADUATED', stage: 'JUNIOR', toStage: 'SENIOR' } as const;
