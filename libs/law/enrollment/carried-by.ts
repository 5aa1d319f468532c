import type { IsoDate } from '../dates.ts';
import { basisOf } from '../finding.ts';
import type { LawLayer, LawPlace, Stage } from '../layers.ts';
import type { RuleId } from '../rule-id.ts';

/** True when one of these texts carries the rule there that day: for the part of a rule that not every text states. */
export const carriedBy = (
  ruleId: RuleId,
  layers: readonly LawLayer[],
  on: IsoDate,
  place: LawPlace,
  stage?: Stage,
): boolean => basisOf(ruleId, on, place, stage).some(({ layer }) => layers.includes(layer));
