import type { TransferNext } from '#libs/law/transfer/course.ts';
import { awaitedCallUp } from '../call-up/call-up-clock.ts';
import type { CaseRecord, KeptStep } from '../cases/case-record.ts';
import { planFactsOf } from '../cases/judge.ts';
import type { Situation, Surroundings } from '../cases/situation.ts';
import { openStep } from '../cases/turns.ts';

/** After the bureau's approval the start waits for the head alone: the registrar who filed has handled it. */
const handledByFiler = (step: KeptStep, { filing }: CaseRecord): KeptStep =>
  step.party === 'TARGET_SCHOOL' && filing !== null
    ? { ...step, handledBy: filing.filedBy, handledAt: step.openedAt }
    : step;

/** What an approval looks at: the schools always, and the facts of their owners where the case itself is judged. */
export type ApprovalFacts = { around: Surroundings; situation: Situation | undefined };

/** The case after an approval: the next steps opened, or everybody done. */
export const gone = (
  record: CaseRecord,
  next: TransferNext,
  { around, situation }: ApprovalFacts,
): CaseRecord => {
  const { source, target, now, calendar } = around;
  if (next.to === 'COMPLETE') {
    const registrationVersion = situation?.registration?.version ?? record.registrationVersion;
    const callUp = next.state === 'AWAIT_REPORTING' ? awaitedCallUp(now, calendar) : null;
    return { ...record, state: next.state, approvedAt: now, registrationVersion, callUp };
  }
  if (next.to !== 'TURN' || source === undefined) return record;
  const facts = planFactsOf(record, source, target, record.target.competent);
  const steps = next.parties.map((party) =>
    handledByFiler(openStep(party, next.turn, facts, around), record),
  );
  return { ...record, state: next.state, steps: [...record.steps, ...steps] };
};
