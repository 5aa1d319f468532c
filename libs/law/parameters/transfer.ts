import type { EnrollmentStatus } from '../enrollment/status.ts';
import { type Duration, days, months, parameter, weeks, workingDays, type YearDay } from './parameter.ts';

/** When a receiving school takes applications: any day, or some time from the opening of a term. */
export type AcceptanceWindow = { kind: 'ANY_TIME' } | { kind: 'FROM_TERM_OPENING'; within: Duration };

/** A stretch of every year, both days included. */
export type YearWindow = { from: YearDay; to: YearDay };

/**
 * When a senior pupil may go to a vocational school: the last days of a term or the first, in a year of the senior
 * stage. `within`: calendar days or weeks, the closing or opening day included.
 */
export type VocationalWindow = {
  year: 1 | 2 | 3;
  season: 'AUTUMN' | 'SPRING';
  at: 'END' | 'OPENING';
  within: Duration;
};

const ANY_TIME: AcceptanceWindow = { kind: 'ANY_TIME' };

/** Parameters of transfer and cross-province study. */
export const TRANSFER_PARAMETERS = {
  transferStepWithin: parameter<Duration>({
    rules: ['TRF-03'],
    title: '转学各环节办理时限',
    titleEn: 'time for each step of a transfer',
    values: [
      { layer: 'N25', value: workingDays(10), article: '变动管理第5段' },
      { layer: 'N16', value: workingDays(10), article: '附件1第三部分第7点' },
      { layer: 'N13', value: workingDays(10), article: '第十四条', to: '2025-01-02' },
      { layer: 'SX26', value: workingDays(10), article: '第十九条' },
      { layer: 'BG', value: workingDays(10), article: '第十条' },
    ],
  }),
  transferStop: parameter<YearWindow | null>({
    rules: ['TRF-08'],
    title: '暂停发起转学的时段',
    titleEn: 'days of the year on which no transfer starts',
    values: [{ layer: 'N16', value: { from: '07-15', to: '08-14' }, article: '附件1第三部分第5点' }],
    silent: { value: null, why: 'no text closes any day' },
    nationwide: true,
  }),
  transferAcceptInProvince: parameter<AcceptanceWindow>({
    rules: ['TRF-06', 'TRF-07'],
    title: '省内转学受理时间',
    titleEn: 'when transfers within the province are accepted',
    values: [
      { layer: 'N16', value: ANY_TIME, article: '附件1第三部分第5点' },
      {
        layer: 'SX26',
        value: { kind: 'FROM_TERM_OPENING', within: days(15) },
        article: '第十六条',
        relation: 'NARROWS',
      },
      {
        layer: 'BG',
        value: { kind: 'FROM_TERM_OPENING', within: months(2) },
        article: '第十条第三项',
        relation: 'NARROWS',
      },
    ],
    silent: { value: ANY_TIME, why: 'no text closes any day' },
  }),
  transferAcceptCrossProvince: parameter<AcceptanceWindow>({
    rules: ['TRF-06', 'TRF-07'],
    title: '跨省转学受理时间',
    titleEn: 'when transfers across provinces are accepted',
    values: [
      { layer: 'N16', value: ANY_TIME, article: '附件1第三部分第5点' },
      {
        layer: 'SX26',
        value: { kind: 'FROM_TERM_OPENING', within: days(15) },
        article: '第十六条',
        relation: 'NARROWS',
      },
      { layer: 'BG', value: ANY_TIME, article: '第十条第三项' },
    ],
    silent: { value: ANY_TIME, why: 'no text closes any day' },
  }),
  transferPurgeAfter: parameter<Duration | null>({
    rules: ['TRF-34'],
    title: '转学业务自动清理期限',
    titleEn: 'a case older than this is purged',
    values: [{ layer: 'N16', value: days(90), article: '附件1第三部分第7点' }],
    silent: { value: null, why: 'no text purges' },
    nationwide: true,
  }),
  callUpWithin: parameter<Duration | null>({
    rules: ['TRF-33'],
    title: '跨省调档时限',
    titleEn: 'time for the call-up of a cross-province record',
    values: [{ layer: 'N16', value: workingDays(10), article: '附件1第三部分第6点' }],
    silent: { value: null, why: 'no text sets a limit' },
    nationwide: true,
  }),
  studyWindows: parameter<readonly YearWindow[]>({
    rules: ['TRF-38'],
    title: '毕业后跨省就学办理时段',
    titleEn: 'windows for cross-province study after graduation',
    values: [
      {
        layer: 'N16',
        value: [
          { from: '08-15', to: '12-14' },
          { from: '03-01', to: '05-31' },
        ],
        article: '附件1第三部分第5点',
      },
    ],
    nationwide: true,
  }),
  closedGradeTerms: parameter<readonly ('START_GRADE_TERM_1' | 'GRADUATING_GRADE_TERM_2')[]>({
    rules: ['TRF-14'],
    title: '不办理转学的年级学期',
    titleEn: 'grades and terms without transfers',
    values: [
      { layer: 'SX26', value: ['START_GRADE_TERM_1', 'GRADUATING_GRADE_TERM_2'], article: '第二十条' },
    ],
    silent: { value: [], why: 'no text closes a grade' },
  }),
  seniorToVocationalWindows: parameter<readonly VocationalWindow[] | null>({
    rules: ['TRF-27'],
    title: '普通高中转入中职的办理时段',
    titleEn:
      'when senior pupils may go to vocational schools; the last 14 days stand for the end of a term (ours)',
    values: [
      {
        layer: 'SX26',
        value: [
          { year: 1, season: 'SPRING', at: 'END', within: days(14) },
          { year: 2, season: 'AUTUMN', at: 'END', within: days(14) },
          { year: 2, season: 'SPRING', at: 'OPENING', within: weeks(1) },
        ],
        article: '第二十二条第二款',
      },
    ],
    silent: { value: null, why: 'no text limits it' },
  }),
  transferableStatuses: parameter<readonly EnrollmentStatus[]>({
    rules: ['TRF-21'],
    title: '可以直接办理转学的学籍状态',
    titleEn: 'statuses from which a pupil is transferred straight away',
    values: [
      {
        layer: 'N16',
        value: ['IN_SCHOOL', 'ABROAD', 'LEFT_OTHER', 'WITHDRAWN', 'EXPELLED'],
        article: '附件1第三部分第2点',
      },
    ],
    silent: { value: ['IN_SCHOOL'], why: 'before the notice nobody but a pupil in school is spoken of' },
    nationwide: true,
  }),
  transferPrefiling: parameter<{ weekday: number } | null>({
    rules: ['TRF-46'],
    title: '转学集中备案',
    titleEn: 'filing with the bureau before a case starts; weekday 1 = Monday',
    values: [{ layer: 'BG', value: { weekday: 2 }, article: '第十条第三项' }],
    silent: { value: null, why: 'no text asks for it' },
  }),
  intraCountyTransfer: parameter<'FREE' | 'HOLD' | 'REJECT'>({
    rules: ['TRF-13', 'TRF-15'],
    title: '县（区）域内转学',
    titleEn: 'moves inside one county or admission area',
    values: [
      { layer: 'SX26', value: 'REJECT', article: '第二十条', stages: ['SENIOR'] },
      { layer: 'BG', value: 'HOLD', article: '第十条第五项' },
    ],
    silent: { value: 'FREE', why: 'no text forbids them' },
  }),
  transferGradeChange: parameter<'COUNTY_CONSENT' | 'FORBIDDEN'>({
    rules: ['TRF-17', 'TRF-18'],
    title: '转学时变更年级',
    titleEn:
      'another grade on transfer (across provinces around primary graduation, or other school systems)',
    values: [
      { layer: 'N16', value: 'COUNTY_CONSENT', article: '附件1第四部分第2点' },
      { layer: 'SX26', value: 'FORBIDDEN', article: '第二十条', relation: 'NARROWS' },
    ],
  }),
  specialSchoolRegistration: parameter<'MOVES_OR_STAYS' | 'MOVES'>({
    rules: ['TRF-29'],
    title: '普通学校与特殊教育学校间的学籍',
    titleEn: 'registration between ordinary and special schools',
    values: [
      { layer: 'N13', value: 'MOVES_OR_STAYS', article: '第十七条第一款' },
      { layer: 'SX26', value: 'MOVES', article: '第二十三条', relation: 'NARROWS' },
      { layer: 'BG', value: 'MOVES_OR_STAYS', article: '第十一条' },
    ],
  }),
} as const;
