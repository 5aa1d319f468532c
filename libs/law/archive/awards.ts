import type { IsoDate } from '../dates.ts';
import { enforces } from '../enforces.ts';
import { carriedBy } from '../enrollment/carried-by.ts';
import { type Finding, findingIfInForce, type LawPlace } from '../finding.ts';
import type { Stage } from '../layers.ts';

/** Who gave an award, from the lowest to the highest. */
export const AWARD_LEVELS = ['CLASS', 'SCHOOL', 'COUNTY', 'CITY', 'PROVINCE', 'NATION'] as const;

/** The level of an award. */
export type AwardLevel = (typeof AWARD_LEVELS)[number];

/** True where the school must enter an award of the level: in Shanxi from school level up (ARC-17). */
export const mustEnterAward = (level: AwardLevel, on: IsoDate, place: LawPlace, stage: Stage): boolean => {
  enforces('ARC-17');
  return level !== 'CLASS' && carriedBy('ARC-17', ['SX26'], on, place, stage);
};

/** Every award may be entered; in Shanxi one below school level is none that the rules ask for, and is warned of (ARC-17). */
export const judgeAward = (
  facts: { level: AwardLevel; stage: Stage },
  on: IsoDate,
  place: LawPlace,
): Finding[] =>
  facts.level === 'CLASS' && carriedBy('ARC-17', ['SX26'], on, place, facts.stage)
    ? findingIfInForce('ARC-17', {
        outcome: 'WARN',
        message: '校级以下的奖励不属于应记入学籍档案的奖励。',
        messageEn: 'Awards below school level are not among those that the archive must hold.',
        path: ['level'],
        remedy: '请核对奖励级别；校级及以上的奖励应记入。',
        ownerLevel: 'SCHOOL',
        on,
        place,
        stage: facts.stage,
      })
    : [];
