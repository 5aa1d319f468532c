import type { EnrollmentStatus } from '#libs/contracts/vocabulary.ts';
import { judgeRefusal, type RefusalGround } from '#libs/law/enrollment/lawful-refusal.ts';
import { type Finding, finding, type LawPlace } from '#libs/law/finding.ts';

export type Decision = 'APPROVE' | 'RETURN' | 'REFUSE';

/** A registration before its authority, and who decides. */
export type DecisionFacts = {
  status: EnrollmentStatus;
  /** Findings that hold it: approval then needs a written reason. */
  held: readonly Finding[];
  /** The school's registry authority. */
  authority: string;
  /** The unit that decides. */
  unit: string;
  reason: string | null;
  /** What a refusal rests on, picked from a closed list. */
  ground: RefusalGround | null;
  /** Decided together with everything else that waits of a school, without a look at each. */
  together: boolean;
  /** Nothing changed since the unit looked at it. */
  isAsSeen: boolean;
  /** The login that decides is the one that entered it. */
  isOwnEntry: boolean;
};

export type Decided = { status: EnrollmentStatus; active: boolean; final: boolean; findings: Finding[] };

const nextStatus: Record<Decision, { status: EnrollmentStatus; active: boolean; final: boolean }> = {
  APPROVE: { status: 'IN_SCHOOL', active: true, final: false },
  RETURN: { status: 'RETURNED_TO_SCHOOL', active: true, final: false },
  REFUSE: { status: 'REFUSED', active: false, final: true },
};

const notAuthority = (on: string, place: LawPlace): Finding =>
  finding('ORG-11', {
    code: 'NOT_REGISTRY_AUTHORITY',
    outcome: 'REJECT',
    message: '您的单位不是该校的学籍主管部门，不能作出决定。',
    messageEn: 'Your unit is not the registry authority of this school.',
    remedy: '请由该校的学籍主管部门（直管学校为省、市）办理。',
    on,
    place,
  });

const notWaiting = (on: string, place: LawPlace): Finding =>
  finding('ENR-08', {
    code: 'NOT_WAITING_FOR_APPROVAL',
    outcome: 'REJECT',
    message: '该学籍不在待核准状态。',
    messageEn: 'This registration does not wait for approval.',
    remedy: '请刷新后查看最新状态。',
    on,
    place,
  });

const reasonMissing = (on: string, place: LawPlace): Finding =>
  finding('ENR-08', {
    code: 'DECISION_REASON_MISSING',
    outcome: 'REJECT',
    message: '退回或不予核准须写明理由。',
    messageEn: 'Sending back or refusing needs a reason.',
    path: ['input', 'reason'],
    remedy: '请填写理由。',
    on,
    place,
  });

const groundMissing = (on: string, place: LawPlace): Finding =>
  finding('ENR-08', {
    code: 'REFUSAL_GROUND_MISSING',
    outcome: 'REJECT',
    message: '不予核准须选择依据的情形。',
    messageEn: 'A refusal names the ground that it rests on.',
    path: ['input', 'ground'],
    remedy: '请从列表中选择不予核准的情形，并写明理由。',
    on,
    place,
  });

const reasonLetsThrough = (on: string, place: LawPlace): Finding =>
  finding('ENR-08', {
    code: 'APPROVAL_REASON_MISSING',
    outcome: 'REJECT',
    message: '该学籍有须由主管部门决定的问题，核准须写明理由。',
    messageEn: 'What holds this registration is yours to decide: an approval needs a written reason.',
    path: ['input', 'reason'],
    remedy: '同意的，请在理由中写明同意的依据；不同意的，请退回或不予核准。',
    on,
    place,
  });

const decidedAlone = (on: string, place: LawPlace): Finding =>
  finding('ENR-08', {
    code: 'HELD_NOT_DECIDED_TOGETHER',
    outcome: 'REJECT',
    message: '该学籍有须由主管部门决定的问题，不随全校一并核准。',
    messageEn: 'What holds this registration keeps it out of an approval of the whole school.',
    path: ['input', 'allPendingOfSchool'],
    remedy: '请单独打开该学籍，就其问题写明理由后作出决定。',
    on,
    place,
  });

const changedMeanwhile = (on: string, place: LawPlace): Finding =>
  finding('ENR-08', {
    code: 'VERSION_CONFLICT',
    outcome: 'REJECT',
    message: '该学籍在您查看之后已被更新，未作处理。',
    messageEn: 'This registration changed after you saw it; nothing was decided.',
    path: ['input', 'registrations'],
    remedy: '请刷新，核对最新内容后重新决定。',
    on,
    place,
  });

const sameHand = (on: string, place: LawPlace): Finding =>
  finding('ACC-18', {
    code: 'SAME_PERSON_HANDLES_AND_DECIDES',
    outcome: 'REJECT',
    message: '该学籍由您录入或重新提交，须由其他核办人员决定。',
    messageEn: 'You entered this registration; somebody else decides on it.',
    remedy: '请由本单位另一名核办人员办理。',
    on,
    place,
  });

/** What stands against an approval: a held registration passes by itself and with its own reason. */
const againstApproval = (
  { held, together }: DecisionFacts,
  reasoned: boolean,
  on: string,
  place: LawPlace,
) => {
  if (held.length === 0) return [];
  if (together) return [...held, decidedAlone(on, place)];
  return reasoned ? [] : [...held, reasonLetsThrough(on, place)];
};

/** What stands against a refusal: it names its ground, and the ground is a lawful one (ID-06, ENR-05). */
const againstRefusal = ({ ground }: DecisionFacts, on: string, place: LawPlace): Finding[] =>
  ground === null ? [groundMissing(on, place)] : judgeRefusal([ground], on, place);

/**
 * The authority's decision on a new registration (ENR-08, ORG-11), by somebody else than who entered it (ACC-18): all findings, or the next status. What the law
 * holds goes through only with the authority's written reason, and never in a decision on a whole school.
 */
export const decideRegistration = (
  decision: Decision,
  facts: DecisionFacts,
  on: string,
  place: LawPlace,
): Decided => {
  const reasoned = (facts.reason ?? '').trim() !== '';
  const unitFindings = facts.unit === facts.authority ? [] : [notAuthority(on, place)];
  const findings = facts.isAsSeen
    ? [
        ...unitFindings,
        ...(facts.isOwnEntry ? [sameHand(on, place)] : []),
        ...(facts.status === 'PENDING_APPROVAL' ? [] : [notWaiting(on, place)]),
        ...(decision !== 'APPROVE' && !reasoned ? [reasonMissing(on, place)] : []),
        ...(decision === 'APPROVE' ? againstApproval(facts, reasoned, on, place) : []),
        ...(decision === 'REFUSE' ? againstRefusal(facts, on, place) : []),
      ]
    : [...unitFindings, changedMeanwhile(on, place)];
  if (findings.length > 0) return { status: facts.status, active: true, final: false, findings };
  return { ...nextStatus[decision], findings: [] };
};
