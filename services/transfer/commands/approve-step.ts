import { CrossProvinceStudyInitiated, TransferInitiated } from '#libs/contracts/events/transfer.ts';
import { isRejected } from '#libs/law/own-finding.ts';
import { purgeDue } from '#libs/law/transfer/clocks.ts';
import { isStarting, isToBeFiled, nextAfter, withAnotherTurn } from '#libs/law/transfer/course.ts';
import type { Party } from '#libs/law/transfer/parties.ts';
import { judgePrefiled } from '#libs/law/transfer/prefiling.ts';
import { NATION } from '#libs/law/transfer/sides.ts';
import { judgeRunning } from '#libs/law/transfer/status.ts';
import { versionConflict } from '#libs/platform/errors/errors.ts';
import { noteStarted } from '../attending/note-start.ts';
import { isPlaceNoted } from '../cases/asked-place.ts';
import type { CaseRecord } from '../cases/case-record.ts';
import { afterConsent, isConsent, withoutConsent } from '../cases/grade-consent.ts';
import { heldFor, keepLetThrough, letThrough, stillAsked } from '../cases/held.ts';
import { judgeStanding } from '../cases/judge-standing.ts';
import type { CaseFinding } from '../cases/own-finding.ts';
import { holdPlaceFor } from '../cases/places.ts';
import { caseFacts, saveCase } from '../cases/save-case.ts';
import type { Surroundings } from '../cases/situation.ts';
import { afterStatements, statedOf, withoutStatements } from '../cases/stated.ts';
import { stepsOpened } from '../cases/steps-opened.ts';
import { claimStart, dropStart } from '../drafts/claim-start.ts';
import { beforeStart, heldFiling } from '../filing/filing.ts';
import { judgeAdmissionOf } from '../study/judge-admission.ts';
import { reviewOf } from './authority-review.ts';
import type { Deciding } from './decide-step.ts';
import { toldOfDecision, withDecision } from './decided.ts';
import { type ApprovalFacts, gone } from './next-steps.ts';
import { knownOf, type Work } from './on-case.ts';

type Approval = Pick<
  Deciding,
  'note' | 'weighed' | 'admission' | 'conditionsChecked' | 'comparableLevel' | 'gradeConsent'
>;

/** True where the case itself is judged with an approval: before and at its start, and with the last one. */
export const isJudgedBy = (record: CaseRecord, party: Party): boolean =>
  record.startedAt === null || nextAfter(record, party, 'APPROVE').to === 'COMPLETE';

/** What of a case waits for a written reason of this party, who gives none. */
const waitsFor = (
  party: Party,
  record: CaseRecord,
  against: readonly CaseFinding[],
  { note }: Approval,
): CaseFinding[] => {
  if (party === 'PREFILING_BUREAU') return heldFiling(record.filing, note ?? null);
  return [
    ...heldFor(party, record, withoutStatements(afterConsent(against)), note ?? null),
    ...withoutConsent(party, against),
  ];
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
    releasePlace: false,
    findings,
    registrationVersion: situation?.registration?.version ?? record.registrationVersion,
    standsStill: situation?.registration ? situation.registration.frozenAt !== null : record.standsStill,
  };
};

/** The filing comes before the head of the receiving school (TRF-46): a draft that is to be filed is not started. */
const beforeFiling = ({ target }: CaseRecord, { today, target: { place } }: Surroundings): CaseFinding[] =>
  judgePrefiled({ stage: target.stage, prefilingApproved: false }, today, place).map((finding) => ({
    ...finding,
    outcome: 'REJECT' as const,
  }));

/** A graduate comes in by the school's plan, which the receiving county looks at: no place is held beside it (ENR-25). */
const holdsPlace = ({ kind }: CaseRecord): boolean => kind !== 'CROSS_PROVINCE_STUDY';

const startTold = ({ kind }: CaseRecord) =>
  kind === 'CROSS_PROVINCE_STUDY' ? CrossProvinceStudyInitiated : TransferInitiated;

/** Of several drafts the first start wins (TRF-01), and a place is held in the same breath (TRF-09). */
const start = async ({ core, tx, record }: Work, around: Surroundings): Promise<CaseFinding[]> => {
  if (!(await isPlaceNoted(tx, record))) throw versionConflict(record.version);
  if (!(await claimStart(tx, record, around.now))) {
    return judgeRunning({ openCase: true, registeredAtTarget: false }, around.today, NATION);
  }
  const noPlace = holdsPlace(record) ? await holdPlaceFor(core, record, around) : [];
  if (noPlace.length > 0) await dropStart(tx, record);
  else await noteStarted(tx, record, around.now, around.today);
  return noPlace;
};

/**
 * What an approval has before it: what was judged now, be it nothing, else what was judged before; without another grade
 * that is consented to.
 */
const standsAgainst = (record: CaseRecord, judged: readonly CaseFinding[] | undefined): CaseFinding[] => {
  const against = judged ? keepLetThrough(record, judged) : [...record.findings];
  return record.gradeConsent ? afterConsent(against) : against;
};

/**
 * The case after an approval. Where everybody has approved and something has come up since that an
 * authority would have to let through, that authority has another turn (ours).
 */
const goneOn = (before: CaseRecord, party: Party, approved: CaseRecord, facts: ApprovalFacts): CaseRecord => {
  const next = nextAfter(before, party, 'APPROVE');
  const again = next.to === 'COMPLETE' ? stillAsked(approved) : [];
  if (again.length === 0) return gone(approved, next, facts);
  const plan = withAnotherTurn(before.plan, again);
  return gone({ ...approved, plan }, nextAfter({ ...before, plan }, party, 'APPROVE'), facts);
};

/** An approval, judged and written; that of the receiving school is the start. */
export const approve = async (
  work: Work,
  party: Party,
  asked: Approval,
  facts: ApprovalFacts,
): Promise<readonly CaseFinding[]> => {
  const { tx, caller, record } = work;
  const { around, situation } = facts;
  const { now } = around;
  if (isToBeFiled(record)) return beforeFiling(record, around);
  const isStart = isStarting(record);
  const consents = isConsent(party, asked.gradeConsent);
  const decided = withDecision({ ...record, gradeConsent: record.gradeConsent || consents }, party, {
    ...{
      decidedBy: caller.subject,
      decidedAt: now,
      decision: 'APPROVE',
      reasons: [],
      note: asked.note ?? null,
    },
  });
  const standing = situation ? judgeStanding(knownOf(work.core, decided), record, situation) : [];
  const judged = party === 'PREFILING_BUREAU' ? beforeStart(standing) : standing;
  const against = standsAgainst(decided, situation ? judged : undefined);
  const findings = [
    ...judged,
    ...waitsFor(party, decided, against, asked),
    ...reviewOf({ party, asked, record, around }),
    ...judgeAdmissionOf(party, record, asked.admission, around),
  ];
  if (isRejected(findings)) return findings;
  const notStarted = isStart ? await start(work, around) : [];
  if (notStarted.length > 0) return notStarted;
  const left = afterStatements(letThrough(party, decided, against), statedOf(decided));
  const approved = { ...decided, findings: left };
  const after = goneOn(record, party, isStart ? started(decided, findings, facts) : approved, facts);
  await saveCase(tx, now, record, after, [
    ...(isStart
      ? [{ kind: startTold(record), data: { ...caseFacts(after), purgeAt: after.purgeAt } }]
      : toldOfDecision(record, party, 'APPROVE', [])),
    ...(await stepsOpened(work.core, after, record.steps.length)),
  ]);
  return findings;
};
