import type { IsoDate } from '../dates.ts';
import type { Finding, LawPlace } from '../finding.ts';
import type { Hand } from '../procedure/course.ts';
import {
  obstaclesToDecision,
  obstaclesToHandling,
  type TransferCourse,
  type TransferDecision,
} from './course.ts';
import { obstacleFindings } from './order.ts';
import type { Party } from './parties.ts';
import { judgeTransferRefusal, type TransferRefusalFacts } from './refusal.ts';

/** Whether a registrar may handle a party's step now (TRF-02, TRF-04, ACC-18). `place`: of the party. */
export const judgeHandling = (
  course: TransferCourse,
  { party, hand }: { party: Party; hand: Hand },
  on: IsoDate,
  place: LawPlace,
): Finding[] => obstacleFindings(obstaclesToHandling(course, party, hand), party, on, place);

/** A decision that the head of a unit wants to take on its step; `reasons` are those of a refusal. */
export type DecisionFacts = TransferRefusalFacts & { hand: Hand; decision: TransferDecision };

/**
 * Whether a head may take this decision on a party's step now: in its turn (TRF-02, TRF-04), by another person than the
 * registrar who handled it (TRF-43), and a refusal for a lawful reason only (`judgeTransferRefusal`). What the law says
 * about the case itself is judged apart (`judgeTransferStart`, `judgePrivateSchoolReview`). `place`: of the party.
 */
export const judgeTransferDecision = (
  course: TransferCourse,
  facts: DecisionFacts,
  on: IsoDate,
  place: LawPlace,
): Finding[] => [
  ...obstacleFindings(obstaclesToDecision(course, facts.party, facts.hand), facts.party, on, place),
  ...(facts.decision === 'REFUSE' ? judgeTransferRefusal(facts, on, place) : []),
];
