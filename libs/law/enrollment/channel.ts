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

/** Pupils from abroad whom the texts name: from Hong Kong, Macao and Taiwan, foreigners, foreign children of residents. */
const FROM_ABROAD: ReadonlySet<string> = new Set([
  'HONG_KONG',
  'MACAO',
  'TAIWAN',
  'FOREIGN',
  'FOREIGN_CHILD_OF_RESIDENT',
]);

/**
 * The way in of a pupil whom a school registers directly. Whom ENR-17 names is registered by the receiving school in
 * the grade that takes the pupil in; an overseas Chinese is not among them and comes in like everybody else.
 */
export const channelOf = (overseasCategory: string): 'PRIMARY_GRADE_ONE' | 'OVERSEAS' =>
  FROM_ABROAD.has(overseasCategory) ? 'OVERSEAS' : 'PRIMARY_GRADE_ONE';

/** What the law asks of a way in. `nationalCheck`: the ministry centre's answer on the batch row. */
export type ChannelFacts = {
  channel: RegistrationChannel;
  stage: Stage;
  grade: number;
  nationalCheck?: NationalCheck;
};

export type NationalCheck = 'PASSED' | 'FAILED' | 'PENDING';

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
  return judgeNationalCheck(facts, on, place);
};

/**
 * What the ministry centre's answer means for a listed pupil (ENR-10). `recordHere`: the record that it found is one of
 * the listing school itself, so there is nothing to transfer.
 */
export const judgeNationalCheck = (
  facts: { nationalCheck?: NationalCheck; recordHere?: boolean },
  on: IsoDate,
  place: LawPlace,
): Finding[] => {
  if (facts.nationalCheck === 'PASSED') return [];
  if (facts.nationalCheck !== 'FAILED') return pending(on, place);
  return facts.recordHere === true ? foundHere(on, place) : foundElsewhere(on, place);
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

const pending = (on: IsoDate, place: LawPlace): Finding[] =>
  findingIfInForce('ENR-10', {
    code: 'NATIONAL_DUPLICATE_CHECK_PENDING',
    outcome: 'HOLD',
    message: '正在等待教育部每月一次的全国查重结果。',
    messageEn: 'The monthly national check has not answered yet.',
    path: ['form', 'gradeName'],
    remedy: '请等待月末报送后的结果；学生可以先入学就读。',
    ownerLevel: 'MINISTRY',
    on,
    place,
  });

const foundElsewhere = (on: IsoDate, place: LawPlace): Finding[] =>
  findingIfInForce('ENR-10', {
    code: 'NATIONAL_DUPLICATE_CHECK_FAILED',
    outcome: 'REJECT',
    message: '全国查重未通过：该学生已有学籍，应办理转学。',
    messageEn: 'The national check found a record; the pupil is transferred.',
    path: ['form', 'gradeName'],
    remedy: '请发起转学转接学籍。',
    ownerLevel: 'SCHOOL',
    on,
    place,
  });

const foundHere = (on: IsoDate, place: LawPlace): Finding[] =>
  findingIfInForce('ENR-10', {
    code: 'NATIONAL_DUPLICATE_CHECK_FAILED',
    outcome: 'REJECT',
    message: '全国查重未通过：该学生在本校已有学籍，不再新建。',
    messageEn: 'The national check found a record of this school itself; none is made.',
    path: ['form', 'gradeName'],
    remedy: '无须转学，请使用本校已有的学籍；信息有误的，在该学籍上更正。',
    ownerLevel: 'SCHOOL',
    on,
    place,
  });
