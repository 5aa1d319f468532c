import { z } from 'zod';
import { StudentLeftOther } from '#libs/contracts/events/enrollment-status.ts';
import { Day } from '#libs/contracts/ids.ts';
import { startOfDay } from '#libs/law/dates.ts';
import { decisionDue } from '#libs/law/enrollment/decision-due.ts';
import { judgeOtherLeave } from '#libs/law/enrollment/other-leave.ts';
import type { CasePlan } from '../plan.ts';
import { judgeMove } from './status.ts';

export const OtherLeaveFacts = z.object({
  leftOn: Day,
  /** Whether pupil or family have been reached since. */
  reached: z.boolean(),
  /** Whether the family said why. */
  reasonKnown: z.boolean(),
});
export type OtherLeaveFacts = z.infer<typeof OtherLeaveFacts>;

/** Other leave (W-15): gone over three months, not reached, nobody knows why; the registration is kept. */
export const otherLeave: CasePlan<OtherLeaveFacts> & { facts: typeof OtherLeaveFacts } = {
  kind: 'OTHER_LEAVE',
  facts: OtherLeaveFacts,
  parties: () => ['SCHOOL'],
  judge: (facts, situation) => {
    const { registration, lawPlace, policyOn, today } = situation;
    return [
      ...judgeMove('LEAVE_OTHERWISE', situation),
      ...judgeOtherLeave(
        { stage: registration.stage, ...facts, today, dropoutMarked: registration.dropoutMark },
        policyOn,
        lawPlace,
      ),
    ];
  },
  due: (_, from, __, { lawPlace, calendar }) => decisionDue(from, lawPlace, calendar),
  effect: ({ leftOn }, { registration }) => ({
    event: StudentLeftOther,
    status: 'LEFT_OTHER',
    frozenAt: registration.frozenAt ?? startOfDay(leftOn).toISOString(),
  }),
};
