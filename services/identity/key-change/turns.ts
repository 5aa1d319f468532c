import type { KeyChangeParty } from '#libs/contracts/vocabulary.ts';
import { decisionDue } from '#libs/law/enrollment/decision-due.ts';
import { type Finding, finding } from '#libs/law/finding.ts';
import type { Obstacle } from '#libs/law/procedure/course.ts';
import { newStep } from '#libs/law/procedure/course.ts';
import type { ChangeRecord } from './change-rows.ts';
import type { Turn } from './course.ts';
import type { Situation } from './situation.ts';

/** The national system, whose turn the checks are. */
const nation = '000000';

const unitOf = (party: KeyChangeParty, { school }: Situation): string =>
  ({ SCHOOL: school.code, AUTHORITY: school.authority, SYSTEM: nation })[party];

/** A new turn: a party's from now on, for ten working days (W-07, CF-49). The authority is the school's own (CF-33). */
export const openTurn = (situation: Situation, party: KeyChangeParty, ordinal: number): Turn => {
  const due = decisionDue(new Date(situation.now), situation.lawPlace, situation.calendar);
  return {
    ordinal,
    party,
    ...newStep(unitOf(party, situation), situation.now, due),
  };
};

/** The current turn changed, everything else as it was. */
export const withCurrent = (record: ChangeRecord, change: Partial<Turn>): ChangeRecord => ({
  ...record,
  version: record.version + 1,
  steps: record.steps.map((turn, at) => (at === record.steps.length - 1 ? { ...turn, ...change } : turn)),
});

/** The change with another turn behind those that it has. */
export const followedBy = (
  record: ChangeRecord,
  situation: Situation,
  party: KeyChangeParty,
): ChangeRecord => ({
  ...record,
  steps: [...record.steps, openTurn(situation, party, record.steps.length + 1)],
});

/** The registrar's own word is enough for a document that is supplied (ID-09): the checks begin. */
export const toChecks = (record: ChangeRecord, situation: Situation): ChangeRecord => {
  const decided = record.steps.map((turn, at) =>
    at === record.steps.length - 1
      ? {
          ...turn,
          decidedBy: turn.handledBy,
          decidedAt: turn.handledAt,
          decision: 'APPROVE' as const,
        }
      : turn,
  );
  return followedBy({ ...record, state: 'RECHECKING', steps: decided }, situation, 'SYSTEM');
};

type Said = { code: string; message: string; messageEn: string; remedy: string };

const said: Record<Obstacle | 'CHECKS_RUNNING', Said> = {
  CHECKS_RUNNING: {
    code: 'CHECKS_RUNNING',
    message: '主管部门已核准，正在进行全国查重和身份比对。',
    messageEn: 'It is approved; the search and the comparison run.',
    remedy: '请等待查重和比对结果。',
  },
  CASE_ENDED: {
    code: 'CASE_ENDED',
    message: '该修改已办结，不能再办理。',
    messageEn: 'This change has ended.',
    remedy: '请刷新后查看办理结果；需要时重新申请。',
  },
  OTHER_UNIT: {
    code: 'ROLE_MISSING',
    message: '该修改目前不由您的单位办理。',
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
export const obstacleFindings = (
  record: ChangeRecord,
  obstacles: readonly Obstacle[],
  { today, lawPlace }: Situation,
): Finding[] =>
  obstacles.map((obstacle) => {
    const isChecking = obstacle === 'CASE_ENDED' && record.state === 'RECHECKING';
    const what = said[isChecking ? 'CHECKS_RUNNING' : obstacle];
    return finding('ACC-18', { ...what, outcome: 'REJECT', on: today, place: lawPlace });
  });
