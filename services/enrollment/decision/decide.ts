import type { EnrollmentStatus } from '#libs/contracts/vocabulary.ts';
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

/**
 * The authority's decision on a new registration (ENR-08, ORG-11): all findings, or the next status. What the law
 * holds goes through only with the authority's written reason.
 */
export const decideRegistration = (
  decision: Decision,
  facts: DecisionFacts,
  on: string,
  place: LawPlace,
): Decided => {
  const reasoned = (facts.reason ?? '').trim() !== '';
  const findings = [
    ...(facts.unit === facts.authority ? [] : [notAuthority(on, place)]),
    ...(facts.status === 'PENDING_APPROVAL' ? [] : [notWaiting(on, place)]),
    ...(decision !== 'APPROVE' && !reasoned ? [reasonMissing(on, place)] : []),
    ...(decision === 'APPROVE' && !reasoned ? facts.held : []),
  ];
  if (findings.length > 0) return { status: facts.status, active: true, final: false, findings };
  return { ...nextStatus[decision], findings: [] };
};
