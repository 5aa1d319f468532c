import type { CaseRecord } from './case-record.ts';
import { judgeCase } from './judge.ts';
import { type CaseFinding, movedMeanwhile } from './own-finding.ts';
import type { Situation } from './situation.ts';
import type { Known } from './start-facts.ts';

/** The registration has gone to a school that is neither the case's nor the one that its own was merged into. */
const hasMoved = (
  { source, target }: CaseRecord,
  situation: Situation,
  successor: string | undefined,
): boolean => {
  const school = situation.registration?.school;
  return school !== undefined && school !== source.school && school !== target.school && school !== successor;
};

/**
 * A case judged as things stand now: a draft by the law of this instant, one that runs by that of its start, which it keeps.
 * `successor`: the school into which the sending one was merged.
 */
export const judgeStanding = (
  known: Known,
  record: CaseRecord,
  situation: Situation,
  successor?: string,
): CaseFinding[] => [
  ...judgeCase(known, new Date(record.startedAt ?? situation.now), situation),
  ...(hasMoved(record, situation, successor) ? [movedMeanwhile] : []),
];
