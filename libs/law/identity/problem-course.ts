import type { IsoDate } from '../dates.ts';
import { calendarEnd } from '../deadline.ts';
import { problemRecordOwner } from '../enrollment/graduation.ts';
import { type Finding, finding, findingIfInForce, type LawPlace } from '../finding.ts';
import { requireValue } from '../resolve.ts';

/** States of a problem record (W-22). */
export type ProblemState =
  | 'OPEN'
  | 'VERIFYING'
  | 'DISMISSED'
  | 'SETTLING'
  | 'PASSED_ON'
  | 'DELETION_REQUESTED'
  | 'RESOLVED'
  | 'OUT_OF_SCOPE';

/** What somebody at a desk does with a record. */
export type ProblemAct = 'VERIFY' | 'FAULT_FOUND' | 'NO_FAULT' | 'REFER' | 'RESOLVE';

/** What happens to a record without anybody at a desk: the life of the child goes on. */
export type ProblemOccurrence =
  | 'WENT_ON'
  | 'SCOPE_ENDED'
  | 'DELETION_ASKED'
  | 'DELETION_REFUSED'
  | 'NUMBER_DELETED'
  | 'COMPARISON_PASSED';

/** Kinds of the end of a record (W-22, W-12): what was done about the fault. */
export type Resolution = 'DATA_CORRECTED' | 'TRANSFERRED' | 'ROLLED_BACK' | 'RECORD_ENDED' | 'MERGED';

const SETTLED: ReadonlySet<ProblemState> = new Set(['DISMISSED', 'RESOLVED', 'OUT_OF_SCOPE']);

/** True where nobody has anything to do about the record. */
export const isSettled = (state: ProblemState): boolean => SETTLED.has(state);

/** A record that was passed on goes on where it stood: with the fault found, or with its verification. */
const ACTS: Readonly<Record<ProblemAct, Partial<Record<ProblemState, ProblemState>>>> = {
  VERIFY: { OPEN: 'VERIFYING', PASSED_ON: 'VERIFYING' },
  FAULT_FOUND: { VERIFYING: 'SETTLING', PASSED_ON: 'SETTLING' },
  NO_FAULT: { VERIFYING: 'DISMISSED' },
  REFER: { OPEN: 'OPEN', VERIFYING: 'VERIFYING', SETTLING: 'SETTLING', PASSED_ON: 'PASSED_ON' },
  RESOLVE: { SETTLING: 'RESOLVED' },
};

const OCCURRENCES: Readonly<Record<ProblemOccurrence, Partial<Record<ProblemState, ProblemState>>>> = {
  WENT_ON: {
    OPEN: 'PASSED_ON',
    VERIFYING: 'PASSED_ON',
    SETTLING: 'PASSED_ON',
    PASSED_ON: 'PASSED_ON',
    OUT_OF_SCOPE: 'PASSED_ON',
  },
  SCOPE_ENDED: {
    OPEN: 'OUT_OF_SCOPE',
    VERIFYING: 'OUT_OF_SCOPE',
    SETTLING: 'OUT_OF_SCOPE',
    PASSED_ON: 'OUT_OF_SCOPE',
  },
  DELETION_ASKED: { SETTLING: 'DELETION_REQUESTED' },
  DELETION_REFUSED: { DELETION_REQUESTED: 'SETTLING' },
  NUMBER_DELETED: { DELETION_REQUESTED: 'RESOLVED' },
  COMPARISON_PASSED: {
    OPEN: 'RESOLVED',
    VERIFYING: 'RESOLVED',
    SETTLING: 'RESOLVED',
    PASSED_ON: 'RESOLVED',
  },
};

/** The state after an act; undefined where the act is none of this state. */
export const stateAfterAct = (state: ProblemState, act: ProblemAct): ProblemState | undefined =>
  ACTS[act][state];

/** The state after an occurrence; undefined where it does not touch the record. */
export const stateAfterOccurrence = (
  state: ProblemState,
  occurrence: ProblemOccurrence,
): ProblemState | undefined => OCCURRENCES[occurrence][state];

/** Who acts on a record: its login, the unit it acts for, and whether it decides there. */
export type ProblemHand = { subject: string; unit: string; decides: boolean };

/** Where a record stands, as far as an act depends on it. */
export type ProblemCourse = {
  state: ProblemState;
  /** Code of the school or unit whose turn it is. */
  turn: string;
  /** The registry authority of the child's school, which may act at any time (ID-19). */
  authority: string;
  /** Of a duplicate: the lowest unit above both records, which alone can make them one; else the authority itself. */
  above: string;
  /** Who did the last act at a desk. */
  lastActor: string | null;
};

/** Whom a record is referred to: the school's authority, and from there whoever stands above both of a duplicate. */
export const referredTo = ({ turn, authority, above }: ProblemCourse): string =>
  turn === authority || turn === above ? above : authority;

/** Why an act is not this person's now. */
export type ProblemObstacle = 'NOT_NOW' | 'OTHER_UNIT' | 'OTHER_ROLE' | 'SAME_PERSON' | 'REASON_MISSING';

const DECISIONS: ReadonlySet<ProblemAct> = new Set(['NO_FAULT', 'RESOLVE']);

/**
 * What stands against an act. School and superior authority verify and settle (ID-19); the end of a record is a decision,
 * by another person than the one who worked on it last (ACC-18), with its reason.
 */
export const obstaclesToAct = (
  course: ProblemCourse,
  act: ProblemAct,
  hand: ProblemHand,
  reason: string | null,
): ProblemObstacle[] => {
  const isDecision = DECISIONS.has(act);
  const mayAct = [course.turn, course.authority, course.above].includes(hand.unit);
  const refersHome = act === 'REFER' && referredTo(course) === course.turn;
  return [
    ...(stateAfterAct(course.state, act) === undefined || refersHome ? ['NOT_NOW' as const] : []),
    ...(mayAct ? [] : ['OTHER_UNIT' as const]),
    ...(isDecision && !hand.decides ? ['OTHER_ROLE' as const] : []),
    ...(isDecision && course.lastActor === hand.subject ? ['SAME_PERSON' as const] : []),
    ...(act !== 'VERIFY' && (reason ?? '').trim() === '' ? ['REASON_MISSING' as const] : []),
  ];
};

/** The acts that are open to a hand now, for the buttons of a client. */
export const actsOpenTo = (course: ProblemCourse, hand: ProblemHand): ProblemAct[] =>
  (['VERIFY', 'FAULT_FOUND', 'NO_FAULT', 'REFER', 'RESOLVE'] as const).filter(
    (act) => obstaclesToAct(course, act, hand, 'given').length === 0,
  );

const said: Readonly<
  Record<ProblemObstacle, { code: string; message: string; messageEn: string; remedy: string }>
> = {
  NOT_NOW: {
    code: 'PROBLEM_ACTION_NOT_OPEN',
    message: '问题学籍目前的状态不能进行此项办理。',
    messageEn: 'The record does not stand where this can be done.',
    remedy: '请刷新后按可办理的事项办理。',
  },
  OTHER_UNIT: {
    code: 'ROLE_MISSING',
    message: '该问题学籍目前不由您的单位办理。',
    messageEn: 'It is not the turn of your unit.',
    remedy: '请由当前办理单位或学籍主管部门办理。',
  },
  OTHER_ROLE: {
    code: 'ROLE_MISSING',
    message: '办结、认定无问题须由核办人员决定。',
    messageEn: 'The end of a record is for a decision-maker.',
    remedy: '请由本单位核办人员办理。',
  },
  SAME_PERSON: {
    code: 'SAME_PERSON_HANDLES_AND_DECIDES',
    message: '经办人和核办人须为两人。',
    messageEn: 'Handling and deciding are done by two persons.',
    remedy: '请由本单位另一名核办人员核办。',
  },
  REASON_MISSING: {
    code: 'DECISION_REASON_MISSING',
    message: '须写明核查情况或理由。',
    messageEn: 'A reason is needed.',
    remedy: '请填写。',
  },
};

/** Obstacles as findings under the rule of two roles (ACC-18). */
export const problemObstacleFindings = (
  obstacles: readonly ProblemObstacle[],
  on: IsoDate,
  place: LawPlace,
): Finding[] =>
  obstacles.map((obstacle) => finding('ACC-18', { ...said[obstacle], outcome: 'REJECT', on, place }));

/** What is told of a fault that somebody reports: it is followed to its end, and stops nothing (ID-19, STA-05). */
export const judgeReport = (facts: { kind: string }, on: IsoDate, place: LawPlace): Finding[] =>
  TERM_CHECK_KINDS.has(facts.kind)
    ? findingIfInForce('STA-05', {
        outcome: 'RECORD',
        message: '核查发现人籍不一致，已列入问题学籍，须跟踪处理到办结。',
        messageEn: 'Person and record do not agree; the finding is followed to its end.',
        remedy: '请学校核实后处理。',
        ownerLevel: 'SCHOOL',
        on,
        place,
      })
    : [];

const TERM_CHECK_KINDS: ReadonlySet<string> = new Set([
  'PERSON_RECORD_SEPARATED',
  'RECORD_WITHOUT_PERSON',
  'PERSON_WITHOUT_RECORD',
]);

/** A graduate whom nobody has admitted; `admitted` while an admission stands. */
export type AfterGraduation = { graduatedOn: IsoDate | null; admitted: boolean };

/** From which day on a graduate who was never admitted is out of the scope of problem records (ENR-32; ours). */
export const scopeEndsOn = (graduatedOn: IsoDate, place: LawPlace): IsoDate => {
  const { amount, unit } = requireValue('problemScopeAfterGraduation', place, graduatedOn);
  return calendarEnd(graduatedOn, amount, unit === 'WORKING_DAY' ? 'DAY' : unit);
};

/** Whether a record has left the scope: nobody settles it any more (ENR-32). */
export const isOutOfScope = (
  { graduatedOn, admitted }: AfterGraduation,
  today: IsoDate,
  place: LawPlace,
): boolean => {
  const over = graduatedOn !== null && today >= scopeEndsOn(graduatedOn, place);
  return problemRecordOwner({ graduated: graduatedOn !== null, admitted, admissionOver: over }) === 'NOBODY';
};

/** How a registration stands when two records become one; AT_SCHOOL also while it is suspended. */
export type MergedRegistration = 'ENDED' | 'UNDECIDED' | 'AT_SCHOOL' | 'AWAY';

/** Of two records of one child one stands: what the registrations of both have come to (ID-18). */
export type MergeFacts = {
  /** The records are perhaps or certainly one child's. */
  alike: boolean;
  fell: MergedRegistration;
  standing: MergedRegistration;
  /** The decision ends the registration of the record that falls, where it was approved and still runs. */
  endsRegistration: boolean;
};

/**
 * No child is lost and none doubled. The records are one child's; the registration of the one that falls has ended, or
 * is ended by this very decision, which is no way round the decision on a registration that waits for its approval; and
 * a child who is at school under it is at school under the one that stands.
 */
export const judgeMerge = (
  { alike, fell, standing, endsRegistration }: MergeFacts,
  on: IsoDate,
  place: LawPlace,
): Finding[] => [
  ...(alike
    ? []
    : findingIfInForce('ID-18', {
        code: 'NOT_THE_SAME_CHILD',
        outcome: 'REJECT',
        message: '两条学籍的身份信息没有共同之处，不能认定为同一学生。',
        messageEn: 'Nothing says that the two records are one child.',
        path: ['other'],
        remedy: '请核对两条学籍；确为同一学生的，请先按关键信息修改更正身份信息。',
        ownerLevel: 'COUNTY',
        on,
        place,
      })),
  ...(fell === 'ENDED' || (endsRegistration && fell !== 'UNDECIDED')
    ? []
    : findingIfInForce('ID-18', {
        code: 'OTHER_REGISTRATION_RUNNING',
        outcome: 'REJECT',
        message:
          fell === 'UNDECIDED'
            ? '不保留的一条学籍尚待核准，须先由主管部门不予核准后再合并。'
            : '不保留的一条学籍仍在籍，合并须一并决定终止该条学籍。',
        messageEn:
          fell === 'UNDECIDED'
            ? 'The registration of the record that falls waits for its approval; it is refused first.'
            : 'The registration of the record that falls is still running; the decision has to end it.',
        path: ['other'],
        remedy:
          fell === 'UNDECIDED'
            ? '请先对该条学籍作出不予核准的决定，再合并。'
            : '核实确为同一学生的，请在办结时选择一并终止不保留的学籍（endsRegistration）。',
        ownerLevel: 'COUNTY',
        on,
        place,
      })),
  ...(fell === 'AT_SCHOOL' && endsRegistration && standing !== 'AT_SCHOOL'
    ? findingIfInForce('ID-18', {
        code: 'STANDING_RECORD_NOT_AT_SCHOOL',
        outcome: 'REJECT',
        message: '学生以不保留的一条学籍在校就读，保留的一条不在校；终止后该生将没有在校学籍。',
        messageEn: 'The child is at school under the record that falls, and not under the one that stands.',
        path: ['standing'],
        remedy: '请先将保留的一条学籍办理到现就读学校，或改为保留另一条。',
        ownerLevel: 'COUNTY',
        on,
        place,
      })
    : []),
];
