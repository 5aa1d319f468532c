import type { IsoDate } from '../dates.ts';
import { prevailing } from '../enrollment/prevailing.ts';
import { type Finding, type FindingSpec, findingIfInForce, type LawPlace } from '../finding.ts';
import type { TransferObstacle } from './course.ts';
import type { Party } from './parties.ts';

type Said = Pick<FindingSpec, 'code' | 'message' | 'messageEn' | 'remedy'>;

/** Why something does not follow in the order of the procedure. */
export type Disorder = 'OUT_OF_ORDER' | 'CASE_ENDED' | 'TOO_LATE_TO_WITHDRAW' | 'TOO_LATE_TO_DISCARD';

const DISORDERS: Readonly<Record<Disorder, Said>> = {
  OUT_OF_ORDER: {
    code: 'STEP_OUT_OF_ORDER',
    message: '该业务尚未进行到这一环节，或这一环节已经办过。',
    messageEn: 'The case is not at this step: the receiving school starts, the others follow in their order.',
    remedy: '请按环节办理：转入学校发起、转出学校核办、双方主管部门核办；跨省业务核办后再报到、调档。',
  },
  CASE_ENDED: {
    code: 'CASE_ENDED',
    message: '该业务已办结，不能再办理。',
    messageEn: 'This case has ended.',
    remedy: '请刷新后查看办理结果；仍需转学的，由转入学校重新发起。',
  },
  TOO_LATE_TO_DISCARD: {
    code: 'STEP_OUT_OF_ORDER',
    message: '该业务已经发起，转入学校不能自行作废。',
    messageEn: 'The case has started; the receiving school no longer discards it by itself.',
    remedy: '不再办理的，请监护人撤回，或由核办单位选明法定理由办结。',
  },
  TOO_LATE_TO_WITHDRAW: {
    code: 'STEP_OUT_OF_ORDER',
    message: '该业务在目前环节不能由监护人撤回。',
    messageEn:
      'A guardian withdraws a transfer only before its last approval; cross-province study is not withdrawn.',
    remedy:
      '核办中的跨省就学，请核办单位以“监护人撤回”为由办结；已核准的跨省业务，学生不报到、学校不调档的，到期自动取消。',
  },
};

/**
 * An action out of the order of the procedure: by the order of Shanxi (TRF-04), elsewhere by the rule that the receiving
 * school starts and the others decide (TRF-02, CF-35).
 */
export const outOfOrder = (why: Disorder, on: IsoDate, place: LawPlace): Finding[] => {
  const spec: FindingSpec = {
    ...DISORDERS[why],
    outcome: 'REJECT',
    path: ['case'],
    ownerLevel: 'SCHOOL',
    on,
    place,
  };
  return prevailing(findingIfInForce('TRF-04', spec), findingIfInForce('TRF-02', spec));
};

/**
 * What stands against handling or deciding a party's step, as findings. A step of the receiving school that another unit
 * tries is a start by somebody else (TRF-02); roles are those of ACC-18, the two persons those of TRF-43. Before the
 * notice of 2016 both rest on TRF-02 alone.
 */
export const obstacleFindings = (
  obstacles: readonly TransferObstacle[],
  party: Party,
  on: IsoDate,
  place: LawPlace,
): Finding[] => obstacles.flatMap((obstacle) => against(obstacle, party, on, place));

const against = (obstacle: TransferObstacle, party: Party, on: IsoDate, place: LawPlace): Finding[] => {
  const where = { outcome: 'REJECT' as const, on, place };
  switch (obstacle) {
    case 'OUT_OF_ORDER':
    case 'CASE_ENDED':
      return outOfOrder(obstacle, on, place);
    case 'OTHER_UNIT':
      return party === 'TARGET_SCHOOL'
        ? findingIfInForce('TRF-02', { ...NOT_THE_TARGET_SCHOOL, ...where })
        : roles({ ...OTHER_UNIT, ...where });
    case 'OTHER_ROLE':
      return roles({ ...OTHER_ROLE, ...where });
    case 'NOT_HANDLED':
      return twoPersons({ ...NOT_HANDLED, ...where });
    case 'SAME_PERSON':
      return twoPersons({ ...SAME_PERSON, ...where });
  }
};

const roles = (spec: FindingSpec): Finding[] =>
  prevailing(findingIfInForce('ACC-18', spec), findingIfInForce('TRF-02', spec));

const twoPersons = (spec: FindingSpec): Finding[] =>
  prevailing(findingIfInForce('TRF-43', spec), findingIfInForce('TRF-02', spec));

const NOT_THE_TARGET_SCHOOL: Said = {
  code: 'ONLY_TARGET_SCHOOL_MAY_INITIATE',
  message: '学籍转接手续只能由转入学校发起。',
  messageEn: 'Only the receiving school starts the hand-over.',
  remedy: '请家长向拟转入学校提出申请，由该校发起。',
};

const OTHER_UNIT: Said = {
  code: 'ROLE_MISSING',
  message: '该环节不由您的单位办理。',
  messageEn: 'This step is another unit’s.',
  remedy: '请由该环节所列单位办理。',
};

const OTHER_ROLE: Said = {
  code: 'ROLE_MISSING',
  message: '经办由学籍管理员办理，核办由单位负责人办理。',
  messageEn: 'Registrars handle, the heads of units decide.',
  remedy: '请由本单位具有相应职责的人员办理。',
};

const NOT_HANDLED: Said = {
  code: 'STEP_NOT_HANDLED',
  message: '本单位学籍管理员尚未经办，负责人不能核办。',
  messageEn: 'The registrar of this unit has not handled it yet.',
  remedy: '请学籍管理员先经办。',
};

const SAME_PERSON: Said = {
  code: 'SAME_PERSON_HANDLED_AND_DECIDED',
  message: '经办和核办须为两人，核办相当于盖章审批。',
  messageEn: 'The head who decides is another person than the registrar who handled it.',
  remedy: '请由本单位另一名核办人员核办。',
};
