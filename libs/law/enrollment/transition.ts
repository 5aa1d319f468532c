import { judgeKind } from '../certificate/kinds.ts';
import type { IsoDate } from '../dates.ts';
import { enforces } from '../enforces.ts';
import { type Finding, finding, isInForce, type LawPlace } from '../finding.ts';
import { judgeEra } from '../organization/policy-version.ts';
import { statusAfter, type TransitionFacts } from './status.ts';
import { LAST_RESORT, reasonsAgainst } from './transition-rules.ts';
import { EVENT_NAMES, remedyFor, STATUS_NAMES } from './transition-words.ts';

/**
 * Refuses every transition that W-02 does not have, and completion where a text keeps it to senior schools (CRT-04), with the rule that stands behind: the one about the status or the
 * stage, else the one about the event, the first that some text carries there that day. Whether a transition that
 * exists may happen now is for the rules of its own workflow.
 */
export const judgeTransition = (facts: TransitionFacts, on: IsoDate, place: LawPlace): Finding[] => {
  const { status, event, stage } = facts;
  enforces('ENR-43', 'ENR-53');
  if (statusAfter(status, event, stage))
    return event === 'COMPLETE' ? judgeKind({ kind: 'COMPLETION', stage }, on, place) : [];
  const tooEarly = judgeEra(on, place);
  if (tooEarly.length > 0) return tooEarly;
  const reasons = reasonsAgainst(facts);
  const [ruleId, code] = reasons.find(([rule]) => isInForce(rule, on, place, stage)) ?? LAST_RESORT;
  return [
    finding(ruleId, {
      code,
      outcome: 'REJECT',
      message: `学籍状态为“${STATUS_NAMES[status]}”，不能办理“${EVENT_NAMES[event]}”。`,
      messageEn: `A registration in state ${status} has no transition ${event} at this stage.`,
      path: ['status'],
      remedy: remedyFor(code, status),
      ownerLevel: status === 'PENDING_APPROVAL' ? 'COUNTY' : 'SCHOOL',
      on,
      place,
      stage,
    }),
  ];
};
