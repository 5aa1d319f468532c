import type { z } from 'zod';
import type { StatusEvent } from '#libs/contracts/events/enrollment-status.ts';
import type { EnrollmentCaseKind, EnrollmentStatus, Stage } from '#libs/contracts/vocabulary.ts';
import type { StepClock } from '#libs/law/enrollment/step-clock.ts';
import type { Finding, LawPlace } from '#libs/law/finding.ts';
import type { Party } from '#libs/law/procedure/course.ts';
import type { WorkingDayDeadline } from '#libs/law/working-days.ts';
import type { Situation } from './situation.ts';

/** What the last approval of a case does to the registration. What is left out stays as it is. */
export type Effect = {
  event: StatusEvent;
  status: EnrollmentStatus;
  entryYearAdj?: number;
  /** Instant from which the grade stands still; null where it runs again. */
  frozenAt?: string | null;
  suspendedUntil?: string | null;
  dropoutMark?: boolean;
  overseasExperience?: boolean;
  /** False where the registration has ended. */
  active?: boolean;
};

/**
 * One kind of case: who decides in which order, what the law says of it, and what it does in the end. `Facts` is what
 * was asked for, as plain data; names and free texts do not belong in it.
 */
export type CasePlan<Facts> = {
  kind: EnrollmentCaseKind;
  /** Shape of what is asked for, in a request and as it is kept. */
  facts: z.ZodType<Facts>;
  parties(facts: Facts, situation: Situation): readonly Party[];
  /** Every finding at once; asked again at the last approval. */
  judge(facts: Facts, situation: Situation): Finding[];
  /** How long a party has from the instant its turn begins. */
  due(party: Party, from: Date, facts: Facts, situation: Situation): WorkingDayDeadline;
  /** What the law asks before the effect, by those who have approved. */
  judgeEnd?(approved: readonly Party[], facts: Facts, situation: Situation): Finding[];
  /** What is on record of a step that is late; by default that a change is to be entered at once (ENR-67). */
  judgeTime?(party: Party, clock: StepClock, stage: Stage, on: string, place: LawPlace): Finding[];
  effect(facts: Facts, situation: Situation): Effect;
};
