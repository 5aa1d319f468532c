import { TransferInitiated, TransferStepOpened } from '#libs/contracts/events/transfer.ts';
import { purgeDue } from '#libs/law/transfer/clocks.ts';
import { nextAfter, type TransferNext } from '#libs/law/transfer/course.ts';
import type { Party } from '#libs/law/transfer/parties.ts';
import { judgePrivateSchoolReview } from '#libs/law/transfer/private-school.ts';
import { NATION } from '#libs/law/transfer/sides.ts';
import { awaitedCallUp } from '../call-up/call-up-clock.ts';
import type { CaseRecord } from '../cases/case-record.ts';
import { heldFor } from '../cases/held.ts';
import { planFactsOf } from '../cases/judge.ts';
import { judgeStanding } from '../cases/judge-standing.ts';
import { type CaseFinding, isRefused } from '../cases/own-finding.ts';
import { holdPlaceFor } from '../cases/places.ts';
import { caseFacts, saveCase, type Told } from '../cases/save-case.ts';
import type { Situation } from '../cases/situation.ts';
import { openStep } from '../cases/turns.ts';
import type { Deciding } from './decide-step.ts';
import { toldOfDecision, withDecision } from './decided.ts';
import { knownOf, type Work } from './on-case.ts';

type Approval = Pick<Deciding, 'note' | 'weighed'>;

/** What the receiving authority has to weigh about a private school (TRF-25, ORG-29), before it lets the pupil in. */
const reviewOf = (
  party: Party,
  { weighed }: Approval,
  record: CaseRecord,
  { target, today }: Situation,
): CaseFinding[] =>
  party !== 'TARGET_AUTHORITY'
    ? []
    : judgePrivateSchoolReview(
        {
          ownership: target.school.ownership,
          stage: record.target.stage,
          competentAuthorityApproved: true,
          registryAuthorityApproved: true,
          weighed: weighed ?? [],
        },
        today,
        target.place,
      ).map((finding) => ({ ...finding, outcome: 'REJECT' as const }));

/** What stands against an approval beside its order: the case itself at its start and at its end, and what waits for a reason. */
const judgeApproval = (
  { core, record }: Work,
  party: Party,
  asked: Approval,
  situation: Situation,
  next: TransferNext,
): CaseFinding[] => {
  const isJudged = record.state === 'DRAFT' || next.to === 'COMPLETE';
  const judged = isJudged ? judgeStanding(knownOf(core, record), record, situation) : [];
  const held = heldFor(party, record, judged.length > 0 ? judged : record.findings, asked.note ?? null);
  return [...judged, ...held, ...reviewOf(party, asked, record, situation)];
};

const started = (record: CaseRecord, findings: CaseFinding[], situation: Situation): CaseRecord => {
  const { now, today, calendar, registration } = situation;
  return {
    ...record,
    startedAt: now,
    policyOn: today,
    purgeAt: purgeDue(new Date(now), NATION, calendar)?.dueAt.toISOString() ?? null,
    findings,
    registrationVersion: registration?.version ?? record.registrationVersion,
  };
};

/** The case after an approval: the next steps opened, or everybody done. */
const gone = (record: CaseRecord, next: TransferNext, situation: Situation): CaseRecord => {
  const { source, target, now, registration } = situation;
  if (next.to === 'COMPLETE') {
    const registrationVersion = registration?.version ?? record.registrationVersion;
    const callUp = next.state === 'AWAIT_REPORTING' ? awaitedCallUp(now, situation.calendar) : null;
    return { ...record, state: next.state, approvedAt: now, registrationVersion, callUp };
  }
  if (next.to !== 'TURN' || source === undefined) return record;
  const facts = planFactsOf(record, source, target);
  const steps = next.parties.map((party) => openStep(party, next.turn, facts, situation));
  return { ...record, state: next.state, steps: [...record.steps, ...steps] };
};

const openedIn = (before: CaseRecord, after: CaseRecord): Told[] =>
  after.steps.slice(before.steps.length).map(({ party, unit, dueOn, provisional }) => ({
    kind: TransferStepOpened,
    data: { ...caseFacts(after), party, unit, dueOn, provisional },
  }));

/** An approval, judged and written; the start holds a place in the same breath (TRF-09). */
export const approve = async (
  work: Work,
  party: Party,
  asked: Approval,
  situation: Situation,
): Promise<readonly CaseFinding[]> => {
  const { core, tx, caller, record } = work;
  const { now } = situation;
  const isStart = record.state === 'DRAFT';
  const next = nextAfter(record, party, 'APPROVE');
  const findings = judgeApproval(work, party, asked, situation, next);
  if (isRefused(findings)) return findings;
  const noPlace = isStart ? await holdPlaceFor(core, record, situation) : [];
  if (noPlace.length > 0) return noPlace;
  const decided = withDecision(record, party, {
    ...{
      decidedBy: caller.subject,
      decidedAt: now,
      decision: 'APPROVE',
      reasons: [],
      note: asked.note ?? null,
    },
  });
  const after = gone(isStart ? started(decided, findings, situation) : decided, next, situation);
  await saveCase(tx, now, record, after, [
    ...(isStart
      ? [{ kind: TransferInitiated, data: { ...caseFacts(after), purgeAt: after.purgeAt } }]
      : toldOfDecision(record, party, 'APPROVE', [])),
    ...openedIn(record, after),
  ]);
  return findings;
};
