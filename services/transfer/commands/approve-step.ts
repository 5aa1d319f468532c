import { TransferInitiated, TransferStepOpened } from '#libs/contracts/events/transfer.ts';
import { purgeDue } from '#libs/law/transfer/clocks.ts';
import { nextAfter, type TransferNext } from '#libs/law/transfer/course.ts';
import type { Party } from '#libs/law/transfer/parties.ts';
import { judgePrivateSchoolReview } from '#libs/law/transfer/private-school.ts';
import { NATION } from '#libs/law/transfer/sides.ts';
import { versionConflict } from '#libs/platform/errors/errors.ts';
import { awaitedCallUp } from '../call-up/call-up-clock.ts';
import { isPlaceNoted } from '../cases/asked-place.ts';
import type { CaseRecord } from '../cases/case-record.ts';
import { heldFor } from '../cases/held.ts';
import { planFactsOf } from '../cases/judge.ts';
import { judgeStanding } from '../cases/judge-standing.ts';
import { type CaseFinding, isRefused } from '../cases/own-finding.ts';
import { holdPlaceFor } from '../cases/places.ts';
import { caseFacts, saveCase, type Told } from '../cases/save-case.ts';
import type { Situation, Surroundings } from '../cases/situation.ts';
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
  { target, today }: Surroundings,
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

/** What an approval looks at: the schools always, and the facts of their owners where the case itself is judged. */
export type ApprovalFacts = { around: Surroundings; situation: Situation | undefined };

/** True where the case itself is judged with an approval: at its start, and with the last one. */
export const isJudgedBy = (record: CaseRecord, party: Party): boolean =>
  record.startedAt === null || nextAfter(record, party, 'APPROVE').to === 'COMPLETE';

/** What stands against an approval beside its order: the case itself where it is judged, and what waits for a reason. */
const judgeApproval = (
  { core, record }: Work,
  party: Party,
  asked: Approval,
  { around, situation }: ApprovalFacts,
): CaseFinding[] => {
  const judged = situation ? judgeStanding(knownOf(core, record), record, situation) : [];
  const held = heldFor(party, record, judged.length > 0 ? judged : record.findings, asked.note ?? null);
  return [...judged, ...held, ...reviewOf(party, asked, record, around)];
};

const started = (
  record: CaseRecord,
  findings: CaseFinding[],
  { around, situation }: ApprovalFacts,
): CaseRecord => {
  const { now, today, calendar } = around;
  return {
    ...record,
    startedAt: now,
    policyOn: today,
    purgeAt: purgeDue(new Date(now), NATION, calendar)?.dueAt.toISOString() ?? null,
    findings,
    registrationVersion: situation?.registration?.version ?? record.registrationVersion,
  };
};

/** The case after an approval: the next steps opened, or everybody done. */
const gone = (record: CaseRecord, next: TransferNext, { around, situation }: ApprovalFacts): CaseRecord => {
  const { source, target, now, calendar } = around;
  if (next.to === 'COMPLETE') {
    const registrationVersion = situation?.registration?.version ?? record.registrationVersion;
    const callUp = next.state === 'AWAIT_REPORTING' ? awaitedCallUp(now, calendar) : null;
    return { ...record, state: next.state, approvedAt: now, registrationVersion, callUp };
  }
  if (next.to !== 'TURN' || source === undefined) return record;
  const facts = planFactsOf(record, source, target);
  const steps = next.parties.map((party) => openStep(party, next.turn, facts, around));
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
  facts: ApprovalFacts,
): Promise<readonly CaseFinding[]> => {
  const { core, tx, caller, record } = work;
  const { now } = facts.around;
  const isStart = record.startedAt === null;
  const next = nextAfter(record, party, 'APPROVE');
  const findings = judgeApproval(work, party, asked, facts);
  if (isRefused(findings)) return findings;
  if (isStart && !(await isPlaceNoted(tx, record))) throw versionConflict(record.version);
  const noPlace = isStart ? await holdPlaceFor(core, record, facts.around) : [];
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
  const after = gone(isStart ? started(decided, findings, facts) : decided, next, facts);
  await saveCase(tx, now, record, after, [
    ...(isStart
      ? [{ kind: TransferInitiated, data: { ...caseFacts(after), purgeAt: after.purgeAt } }]
      : toldOfDecision(record, party, 'APPROVE', [])),
    ...openedIn(record, after),
  ]);
  return findings;
};
