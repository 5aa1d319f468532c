import { type Finding, finding, type LawPlace } from '#libs/law/finding.ts';
import {
  type Hand,
  newStep,
  type Obstacle,
  obstaclesToDecision,
  obstaclesToHandling,
  type StepDecision,
} from '#libs/law/procedure/course.ts';

/** Work of one unit that one person handles and another decides (ACC-18). */
export type Turn = { unit: string; open: boolean; openedAt: string; dueOn: string; handledBy: string | null };

const said: Record<Obstacle, Pick<Finding, 'code' | 'message' | 'messageEn' | 'remedy'>> = {
  CASE_ENDED: {
    code: 'CASE_ENDED',
    message: '该事项已办结，不能再办理。',
    messageEn: 'This matter has ended.',
    remedy: '请刷新后查看办理结果。',
  },
  OTHER_UNIT: {
    code: 'ROLE_MISSING',
    message: '该事项不由您的单位办理。',
    messageEn: 'It is not for your unit.',
    remedy: '请由所列单位办理。',
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
    remedy: '请学籍管理员先经办。',
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

const courseOf = ({ unit, open, openedAt, dueOn, handledBy }: Turn) => ({
  state: open ? ('RUNNING' as const) : ('DONE' as const),
  parties: ['AUTHORITY' as const],
  steps: [
    {
      ...newStep(unit, openedAt, { dueDate: dueOn, provisional: false, calendarVersion: '' }),
      ...{ ordinal: 1, party: 'AUTHORITY' as const, handledBy },
    },
  ],
});

const told = (obstacles: readonly Obstacle[], on: string, place: LawPlace): Finding[] =>
  obstacles.map((obstacle) => finding('ACC-18', { ...said[obstacle], outcome: 'REJECT', on, place }));

/** What stands against handling a turn by this hand. */
export const judgeHandling = (turn: Turn, hand: Hand, on: string, place: LawPlace): Finding[] =>
  told(obstaclesToHandling(courseOf(turn), hand), on, place);

/** What stands against deciding a turn by this hand: who decides is another person than who handled (ACC-18). */
export const judgeDeciding = (
  turn: Turn,
  { hand, decision, reason }: { hand: Hand; decision: StepDecision; reason: string | null },
  on: string,
  place: LawPlace,
): Finding[] => told(obstaclesToDecision(courseOf(turn), hand, decision, reason), on, place);
