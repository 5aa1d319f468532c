import { addDays, type IsoDate } from '../dates.ts';
import { type Finding, type FindingSpec, findingIfInForce, type LawPlace } from '../finding.ts';
import { isCompulsory, type Stage } from '../layers.ts';
import { judgeEra } from '../organization/policy-version.ts';
import { requireValue } from '../resolve.ts';
import { noTextPermits } from './no-text.ts';
import { spanEnd } from './suspended-time.ts';

/** A pupil who is gone, as the school knows it on the day it wants to set the status. */
export type OtherLeaveFacts = {
  stage: Stage;
  /** The day the pupil left. */
  leftOn: IsoDate;
  today: IsoDate;
  /** The school has reached the pupil or the family since. */
  reached: boolean;
  /** The family said why the pupil left. */
  reasonKnown: boolean;
  /** The dropout mark is set. */
  dropoutMarked: boolean;
};

/** The first day that lies more than three months after leaving (ENR-58); undefined where no text knows the status. */
export const otherLeaveFrom = (leftOn: IsoDate, on: IsoDate, place: LawPlace): IsoDate | undefined => {
  const after = requireValue('otherLeaveAfter', place, on);
  return after ? addDays(spanEnd(leftOn, after), 1) : undefined;
};

/**
 * "Other leave" is for who left without saying why, is gone over three months and cannot be reached, all three
 * (ENR-58); before the notice of 2016 no text knows it. A compulsory pupil is a dropout besides, to be marked (ENR-57).
 */
export const judgeOtherLeave = (facts: OtherLeaveFacts, on: IsoDate, place: LawPlace): Finding[] => {
  const tooEarly = judgeEra(on, place);
  if (tooEarly.length > 0) return tooEarly;
  const where = { on, place, stage: facts.stage };
  const from = otherLeaveFrom(facts.leftOn, on, place);
  if (!from)
    return [noTextPermits({ what: '置为“其他离校”', whatEn: 'The status "other leave"' }, on, place)];
  const unmarked = isCompulsory(facts.stage) && !facts.dropoutMarked;
  return [
    ...(facts.today < from ? notYet(from, where) : []),
    ...(facts.reached ? notForThis(REACHED, where) : []),
    ...(facts.reasonKnown ? notForThis(REASON_KNOWN, where) : []),
    ...(unmarked ? dropoutUnmarked(where) : []),
  ];
};

type Where = { on: IsoDate; place: LawPlace; stage: Stage };

const notYet = (from: IsoDate, where: Where): Finding[] =>
  findingIfInForce('ENR-58', {
    message: `离校未超过3个月，${from}起方可置为“其他离校”。`,
    messageEn: `The pupil has not been gone for over three months; the status may be set from ${from} on.`,
    path: ['leftOn'],
    remedy: '请继续联系学生和监护人并登记。',
    ownerLevel: 'SCHOOL',
    ...where,
  });

const notForThis = (said: Pick<FindingSpec, 'message' | 'messageEn' | 'path'>, where: Where): Finding[] =>
  findingIfInForce('ENR-58', {
    code: 'OTHER_LEAVE_GROUND_NOT_MET',
    outcome: 'REJECT',
    remedy: '请按实际情况办理转学、休学、出境或控辍保学。',
    ownerLevel: 'SCHOOL',
    ...said,
    ...where,
  });

const REACHED = {
  message: '已能联系上学生或监护人，不能置为“其他离校”。',
  messageEn: 'The pupil or the family can be reached.',
  path: ['reached'],
};

const REASON_KNOWN = {
  message: '离校原因已知，不能置为“其他离校”。',
  messageEn: 'The reason for leaving is known.',
  path: ['reasonKnown'],
};

const dropoutUnmarked = (where: Where): Finding[] =>
  findingIfInForce('ENR-57', {
    message: '义务教育阶段学生离校属辍学的，应同时标识并书面报告。',
    messageEn: 'A compulsory pupil who has left is also marked as a dropout and reported.',
    remedy: '请作辍学标识并书面上报，学籍保留。',
    ownerLevel: 'SCHOOL',
    ...where,
  });
