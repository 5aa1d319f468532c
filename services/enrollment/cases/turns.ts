import { type Finding, finding } from '#libs/law/finding.ts';
import type { Obstacle, Party, Step } from '#libs/law/procedure/course.ts';
import { newStep } from '#libs/law/procedure/course.ts';
import type { CasePlan } from './plan.ts';
import type { Situation } from './situation.ts';

/** The unit or school whose turn a party's step is. */
const unitOf = (party: Party, { school }: Situation): string => {
  if (party === 'SCHOOL') return school.code;
  return party === 'CITY' ? (school.city ?? school.authority) : school.authority;
};

/** A new step: a party's turn from now on, with its term. */
export const openStep = <Facts>(
  plan: CasePlan<Facts>,
  facts: Facts,
  situation: Situation,
  party: Party,
  ordinal: number,
): Step => {
  const due = plan.due(party, new Date(situation.now), facts, situation);
  return {
    ordinal,
    party,
    ...newStep(unitOf(party, situation), situation.now, due),
  };
};

type Said = { code: string; message: string; messageEn: string; remedy: string };

const said: Record<Obstacle, Said> = {
  CASE_ENDED: {
    code: 'CASE_ENDED',
    message: '该事项已办结，不能再办理。',
    messageEn: 'This case has ended.',
    remedy: '请刷新后查看办理结果；需要时重新申请。',
  },
  OTHER_UNIT: {
    code: 'ROLE_MISSING',
    message: '该事项目前不由您的单位办理。',
    messageEn: 'It is not the turn of your unit.',
    remedy: '请由当前环节所列单位办理。',
  },
  OTHER_ROLE: {
    code: 'ROLE_MISSING',
    message: '经办由学籍管理员办理，核办由核办人员办理。',
    messageEn: 'Registrars handle, decision-makers decide.',
    remedy: '请由本单位具有相应职责的人员办理。',
  },
  NOT_HANDLED: {
    code: 'STEP_NOT_HANDLED',
    message: '本单位学籍管理员尚未经办，不能核办。',
    messageEn: 'The registrar of this unit has not handled it yet.',
    remedy: '请学籍管理员先经办并签署意见。',
  },
  SAME_PERSON: {
    code: 'SAME_PERSON_HANDLES_AND_DECIDES',
    message: '经办人和核办人须为两人。',
    messageEn: 'Handling and deciding are done by two persons.',
    remedy: '请由本单位另一名核办人员核办。',
  },
  REASON_MISSING: {
    code: 'DECISION_REASON_MISSING',
    message: '退回或不予同意须写明理由。',
    messageEn: 'Giving back or refusing needs a reason.',
    remedy: '请填写理由。',
  },
};

/** What stands against an action, as findings under the rule of two roles (ACC-18). */
export const obstacleFindings = (obstacles: readonly Obstacle[], { today, lawPlace }: Situation): Finding[] =>
  obstacles.map((obstacle) =>
    finding('ACC-18', { ...said[obstacle], outcome: 'REJECT', on: today, place: lawPlace }),
  );

/** A held case goes on only with a written reason of the deciding authority. */
export const heldWithoutReason = (findings: readonly Finding[], reason: string | null): Finding[] =>
  (reason ?? '').trim() === '' ? findings.filter(({ outcome }) => outcome === 'HOLD') : [];
