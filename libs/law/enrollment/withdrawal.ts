import type { WorkingDayCalendar } from '../calendar/working-day-calendar.ts';
import type { IsoDate } from '../dates.ts';
import { deadlineAfter } from '../deadline.ts';
import { type Finding, type FindingSpec, findingIfInForce, isInForce, type LawPlace } from '../finding.ts';
import { isCompulsory, type Stage } from '../layers.ts';
import { judgeEra } from '../organization/policy-version.ts';
import { requireValue } from '../resolve.ts';
import type { WorkingDayDeadline } from '../working-days.ts';
import { localTextWarnings } from './local-text.ts';
import { prevailing } from './prevailing.ts';
import { isLate, type StepClock } from './step-clock.ts';
import { isSelfWithdrawal, judgeWithdrawalGround, type WithdrawalGround } from './withdrawal-grounds.ts';

/** A withdrawal as it is asked for (form F3) or opened by the school. */
export type WithdrawalFacts = {
  stage: Stage;
  ground: WithdrawalGround;
  /** The guardian's written application is on file; in Shanxi on the form of Annex 3. */
  writtenApplication: boolean;
};

/**
 * Leaving school for good. In compulsory education there is no such thing (ENR-53). A senior pupil's guardian applies
 * in writing (ENR-55); Shanxi names the grounds (ENR-54) and knows self-withdrawal without application, which no other
 * text carries. Before 2025 the nation says nothing about seniors.
 */
export const judgeWithdrawal = (
  facts: WithdrawalFacts,
  on: IsoDate,
  place: LawPlace,
  calendar: WorkingDayCalendar,
): Finding[] => {
  const tooEarly = judgeEra(on, place);
  if (tooEarly.length > 0) return tooEarly;
  const { stage, ground, writtenApplication } = facts;
  if (isCompulsory(stage)) return withdrawalForbidden(on, place, stage);
  if (stage !== 'SENIOR') return seniorOnly(on, place, stage);
  const byItself = isSelfWithdrawal(ground) && isInForce('ENR-54', on, place, stage);
  return [
    ...localTextWarnings(on, place, stage),
    ...judgeWithdrawalGround(ground, on, place, calendar),
    ...(byItself || writtenApplication ? [] : applicationMissing(on, place)),
  ];
};

/** Nobody is expelled from compulsory education, for whatever reason (ENR-53, CF-28). */
export const judgeExpulsion = ({ stage }: { stage: Stage }, on: IsoDate, place: LawPlace): Finding[] => {
  if (!isCompulsory(stage)) return [];
  const said: FindingSpec = {
    code: 'EXPULSION_FORBIDDEN_COMPULSORY',
    outcome: 'REJECT',
    message: '义务教育阶段不得以任何理由开除学生。',
    messageEn: 'Nobody is expelled from compulsory education.',
    path: ['status'],
    remedy: '请通过教育管理措施处理，保留学生学籍和就读。',
    ownerLevel: 'SCHOOL',
    on,
    place,
    stage,
  };
  return prevailing(findingIfInForce('ENR-53', said), findingIfInForce('ENR-56', said));
};

/** The pupil is marked as withdrawn once the school has confirmed and filed it; the authority approves nothing. */
export const judgeWithdrawalMark = (
  facts: { schoolConfirmed: boolean; filed: boolean },
  on: IsoDate,
  place: LawPlace,
): Finding[] =>
  facts.schoolConfirmed && facts.filed
    ? []
    : findingIfInForce('ENR-55', {
        code: 'WITHDRAWAL_NOT_FILED',
        outcome: 'REJECT',
        message: facts.schoolConfirmed ? '退学尚未报上级学籍主管部门备案。' : '学校尚未确认该退学。',
        messageEn:
          'The withdrawal has not been confirmed by the school and filed with the superior authority.',
        remedy: '请学校确认后报上级学籍主管部门备案，再作退学标记。',
        ownerLevel: 'SCHOOL',
        on,
        place,
        stage: 'SENIOR',
      });

/** When the school should have marked the pupil after the formalities (ENR-55: ten working days). */
export const withdrawalMarkDue = (
  formalitiesOn: IsoDate,
  place: LawPlace,
  calendar: WorkingDayCalendar,
): WorkingDayDeadline =>
  deadlineAfter(formalitiesOn, requireValue('withdrawalMarkWithin', place, formalitiesOn), calendar);

/** A mark past its date is on record. */
export const judgeWithdrawalMarkTime = (clock: StepClock, on: IsoDate, place: LawPlace): Finding[] =>
  isLate(clock)
    ? findingIfInForce('ENR-55', {
        code: 'WITHDRAWAL_MARK_OVERDUE',
        outcome: 'RECORD',
        message: '办理退学手续后，学校未在期限内在系统中标记。',
        messageEn: 'The school did not mark the withdrawal in time after the formalities.',
        remedy: '请学校尽快标记。',
        ownerLevel: 'SCHOOL',
        on,
        place,
        stage: 'SENIOR',
      })
    : [];

/** Where no text of ENR-53 is in force yet, the registration is kept by the 2013 measure (ENR-56). */
const withdrawalForbidden = (on: IsoDate, place: LawPlace, stage: Stage): Finding[] => {
  const said: FindingSpec = {
    code: 'WITHDRAWAL_FORBIDDEN_COMPULSORY',
    outcome: 'REJECT',
    message: '义务教育阶段学生不予办理退学。',
    messageEn: 'There is no withdrawal in compulsory education.',
    path: ['ground'],
    remedy: '请安排学生继续就读；已离校的，列入控辍保学台账劝返复学。',
    ownerLevel: 'SCHOOL',
    on,
    place,
    stage,
  };
  return prevailing(findingIfInForce('ENR-53', said), findingIfInForce('ENR-56', said));
};

const seniorOnly = (on: IsoDate, place: LawPlace, stage: Stage): Finding[] =>
  findingIfInForce('ENR-55', {
    code: 'WITHDRAWAL_SENIOR_ONLY',
    outcome: 'REJECT',
    message: '退学只适用于普通高中学生。',
    messageEn: 'Withdrawal is for ordinary senior pupils only.',
    path: ['ground'],
    remedy: '幼儿离园请按离园办理。',
    ownerLevel: 'SCHOOL',
    on,
    place,
    stage,
  });

const applicationMissing = (on: IsoDate, place: LawPlace): Finding[] =>
  findingIfInForce('ENR-55', {
    message: '退学须由父母或其他法定监护人提出书面申请。',
    messageEn: 'The guardian applies for a withdrawal in writing.',
    path: ['applicationForm'],
    remedy: '请监护人填写退学申请表。',
    ownerLevel: 'GUARDIAN',
    on,
    place,
    stage: 'SENIOR',
  });
