import { z } from 'zod';
import { EnrollmentCancelled } from '#libs/contracts/events/enrollment-status.ts';
import { Day } from '#libs/contracts/ids.ts';
import {
  deathCancellationDue,
  deathTextWarnings,
  judgeDeath,
  judgeDeathTime,
} from '#libs/law/enrollment/death.ts';
import { decisionDue } from '#libs/law/enrollment/decision-due.ts';
import type { CasePlan } from '../plan.ts';
import { judgeMove } from './status.ts';

export const DeathFacts = z.object({
  diedOn: Day,
  /** When the school came to know of it. */
  knownOn: Day,
});
export type DeathFacts = z.infer<typeof DeathFacts>;

const proofs: readonly string[] = [
  'DEATH_CERTIFICATE',
  'HOSPITAL_RECORD',
  'PUBLIC_SECURITY_PROOF',
  'CIVIL_AFFAIRS_PROOF',
  'OTHER_VALID_PROOF',
];

/** Cancellation after a death (W-16): never refused for being late. */
export const death: CasePlan<DeathFacts> & { facts: typeof DeathFacts } = {
  kind: 'DEATH',
  facts: DeathFacts,
  parties: () => ['SCHOOL', 'AUTHORITY'],
  judge: (facts, situation) => {
    const { registration, lawPlace, policyOn, evidence, today, calendar } = situation;
    const { stage } = registration;
    const dead = { stage, ...facts };
    const reportedOn = situation.openedOn;
    return [
      ...judgeMove('DIE', situation),
      ...judgeDeath(
        { ...dead, proofPresent: evidence.some(({ kind }) => proofs.includes(kind)), today },
        policyOn,
        lawPlace,
      ),
      ...judgeDeathTime(
        {
          stage,
          diedOn: facts.diedOn,
          today,
          ...(reportedOn ? { doneOn: reportedOn } : {}),
          due: deathCancellationDue(dead, lawPlace, calendar),
        },
        lawPlace,
      ),
      ...deathTextWarnings(dead, lawPlace),
    ];
  },
  due: (party, from, facts, { registration, lawPlace, calendar }) =>
    party === 'SCHOOL'
      ? deathCancellationDue({ stage: registration.stage, ...facts }, lawPlace, calendar).limit
      : decisionDue(from, lawPlace, calendar),
  effect: () => ({ event: EnrollmentCancelled, status: 'CANCELLED', active: false, suspendedUntil: null }),
};
