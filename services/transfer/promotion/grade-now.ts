import { gradeOn, type Promotion } from '#libs/law/enrollment/grade.ts';
import type { CaseRecord } from '../cases/case-record.ts';

type Going = Pick<CaseRecord, 'target' | 'standsStill' | 'startedAt' | 'endedAt'>;

/**
 * The grade into which a pupil goes by a case: that of the cohort, which goes on through promotions as the pupil's own does
 * (ENR-29); it stands still with that of somebody who is away, and when the case has ended.
 */
export const gradeNow = (
  { target, standsStill, startedAt, endedAt }: Going,
  now: string,
  promotions: readonly Promotion[],
): number => {
  const { entryYearAdj, lastGrade } = target;
  const at = endedAt ?? (standsStill ? (startedAt ?? now) : now);
  return gradeOn({ entryYearAdj, lastGrade }, new Date(at), promotions);
};
