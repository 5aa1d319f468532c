import type { StatusEvent } from '#libs/law/enrollment/status.ts';
import { judgeTransition } from '#libs/law/enrollment/transition.ts';
import type { Finding } from '#libs/law/finding.ts';
import type { Situation } from '../situation.ts';

/** Whether the state of the registration lets this happen, with the rule that stands behind a refusal (W-02). */
export const judgeMove = (
  event: StatusEvent,
  { registration: { status, stage }, policyOn, lawPlace }: Situation,
): Finding[] => judgeTransition({ status, event, stage }, policyOn, lawPlace);
