import { addDays, addMonths, type IsoDate } from '../dates.ts';
import { type Finding, findingIfInForce, type LawPlace } from '../finding.ts';
import type { Stage } from '../layers.ts';

/** The way by which a record comes into the system (ENR-09). */
export type RegistrationChannel =
  | 'PRESCHOOL_LINK'
  | 'PRIMARY_GRADE_ONE'
  | 'NON_GRADE_ONE_BATCH'
  | 'OVERSEAS'
  | 'PREVIOUS_RECORD_TRANSFER';

/** What the law asks of a way in. `nationalCheck`: the ministry centre's answer on the batch row. */
export type ChannelFacts = {
  channel: RegistrationChannel;
  stage: Stage;
  grade: number;
  nationalCheck?: 'PASSED' | 'FAILED' | 'PENDING';
};

/**
 * Records begin in the preschool system or in primary grade one (ENR-09); a pupil of another grade without a record
 * waits for the monthly national check and is registered when it passes, carried over by transfer when it fails
 * (ENR-10). Attendance never waits.
 */
export const judgeChannel = (facts: ChannelFacts, on: IsoDate, place: LawPlace): Finding[] => {
  const gradeOne = facts.stage === 'PRIMARY' && facts.grade === 1;
  const regular = facts.channel === 'PRESCHOOL_LINK' || facts.channel === 'PRIMARY_GRADE_ONE';
  if (regular) return gradeOne || facts.stage === 'PRESCHOOL' ? [] : otherGrade(on, place);
  if (facts.channel !== 'NON_GRADE_ONE_BATCH') return [];
  if (gradeOne) return directly(on, place);
  return facts.nationalCheck === 'PASSED' ? [] : notPassed(facts.nationalCheck, on, place);
};

/** The last day of a month, on which the province hands in the list (ENR-10). */
export const batchDay = (on: IsoDate): IsoDate => addDays(addMonths(`${on.slice(0, 7)}-01`, 1), -1);

const otherGrade = (on: IsoDate, place: LawPlace): Finding[] =>
  findingIfInForce('ENR-09', {
    code: 'NON_GRADE_ONE_BATCH_REQUIRED',
    outcome: 'REJECT',
    message: '非小学一年级新生须列入当月名单，由省级报教育部查重通过后建籍。',
    messageEn: 'A pupil of another grade is registered through the monthly national check.',
    path: ['form', 'gradeName'],
    remedy: '请加入本月非一年级新生名单；学生可以先入学就读。',
    ownerLevel: 'SCHOOL',
    on,
    place,
  });

const directly = (on: IsoDate, place: LawPlace): Finding[] =>
  findingIfInForce('ENR-09', {
    code: 'GRADE_ONE_REGISTERS_DIRECTLY',
    outcome: 'REJECT',
    message: '小学一年级新生直接建籍，不列入非一年级新生名单。',
    messageEn: 'A pupil of primary grade one is registered directly, not through the monthly list.',
    path: ['form', 'gradeName'],
    remedy: '请直接建籍。',
    ownerLevel: 'SCHOOL',
    on,
    place,
  });

const notPassed = (check: ChannelFacts['nationalCheck'], on: IsoDate, place: LawPlace): Finding[] => {
  const failed = check === 'FAILED';
  return findingIfInForce('ENR-10', {
    code: failed ? 'NATIONAL_DUPLICATE_CHECK_FAILED' : 'NATIONAL_DUPLICATE_CHECK_PENDING',
    outcome: failed ? 'REJECT' : 'HOLD',
    message: failed
      ? '全国查重未通过：该学生已有学籍，应办理转学。'
      : '正在等待教育部每月一次的全国查重结果。',
    messageEn: failed
      ? 'The national check found a record; the pupil is transferred.'
      : 'The monthly national check has not answered yet.',
    path: ['form', 'gradeName'],
    remedy: failed ? '请发起转学转接学籍。' : '请等待月末报送后的结果；学生可以先入学就读。',
    ownerLevel: failed ? 'SCHOOL' : 'MINISTRY',
    on,
    place,
  });
};
