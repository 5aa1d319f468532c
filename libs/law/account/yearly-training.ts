import type { IsoDate } from '../dates.ts';
import { type Finding, findingIfInForce, type LawPlace } from '../finding.ts';
import { resolve } from '../resolve.ts';

/** A registrar's trainings. */
export type TrainingFacts = {
  /** The calendar year that is asked about. */
  year: number;
  trainedOn: readonly IsoDate[];
  /** First and last day in post; null: still in post. */
  inPostFrom: IsoDate;
  inPostUntil: IsoDate | null;
};

/**
 * A registrar in post is trained in each calendar year (ACC-03); the training before duty counts for the year it falls
 * in. Asked after the year is over, on `on`; a year that still runs, or in which nobody was in post at its end, owes
 * nothing. The law is that of the year's last day.
 */
export const judgeYearlyTraining = (facts: TrainingFacts, on: IsoDate, place: LawPlace): Finding[] => {
  const lastDay = `${facts.year}-12-31`;
  const inPost = facts.inPostFrom <= lastDay && (facts.inPostUntil === null || facts.inPostUntil >= lastDay);
  if (on <= lastDay || !inPost) return [];
  if (resolve('trainingAtLeast', place, lastDay).value !== 'BEFORE_DUTY_AND_YEARLY') return [];
  if (facts.trainedOn.some((day) => day.startsWith(`${facts.year}-`))) return [];
  return findingIfInForce('ACC-03', {
    message: `${facts.year}年度没有学籍管理员培训记录，每年至少培训一次。`,
    messageEn: `No training in ${facts.year}; a registrar is trained at least once a year.`,
    remedy: '请教育行政部门安排培训并登记。',
    ownerLevel: 'COUNTY',
    on,
    place,
  });
};
