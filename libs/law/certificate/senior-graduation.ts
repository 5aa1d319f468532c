import type { DisciplinaryMeasure } from '../archive/discipline.ts';
import { isDemeritOrAbove, isDisciplineInForce } from '../archive/discipline.ts';
import type { IsoDate } from '../dates.ts';
import { type Finding, findingIfInForce, type LawPlace } from '../finding.ts';

/** School years of senior school that a graduate has studied (CRT-02). */
export const SENIOR_YEARS = 3;

/** What Shanxi asks of a senior graduate, in the order of its article. */
export const GRADUATION_CONDITIONS = [
  'STUDY_TIME',
  'CURRICULUM',
  'CREDITS',
  'FITNESS',
  'COMPREHENSIVE_QUALITY',
  'CONDUCT',
  'ACADEMIC_TEST',
] as const;

/** One of the conditions. */
export type GraduationCondition = (typeof GRADUATION_CONDITIONS)[number];

/** A subject of the qualifying academic test. `passed`: at any sitting, resits included. */
export type TestSubject = { subject: string; passed: boolean };

/** What is known of a senior student at the end. Null: nothing is on file, which meets no condition. */
export type SeniorGraduationFacts = {
  /** School years in school; those under suspension do not count. */
  schoolYears: number;
  curriculumCompleted: boolean | null;
  credits: { earned: number; required: number } | null;
  fitnessPassed: boolean | null;
  qualityMaterialsMeet: boolean | null;
  measures: readonly DisciplinaryMeasure[];
  /** Every subject that the province tests. */
  test: readonly TestSubject[];
};

/** The conditions that are not met on the day, each once and in the order of the article. */
export const unmetConditions = (facts: SeniorGraduationFacts, on: IsoDate): GraduationCondition[] =>
  GRADUATION_CONDITIONS.filter((condition) => !isMet(condition, facts, on));

const isMet = (condition: GraduationCondition, facts: SeniorGraduationFacts, on: IsoDate): boolean => {
  switch (condition) {
    case 'STUDY_TIME':
      return facts.schoolYears >= SENIOR_YEARS;
    case 'CURRICULUM':
      return facts.curriculumCompleted === true;
    case 'CREDITS':
      return facts.credits !== null && facts.credits.earned >= facts.credits.required;
    case 'FITNESS':
      return facts.fitnessPassed === true;
    case 'COMPREHENSIVE_QUALITY':
      return facts.qualityMaterialsMeet === true;
    case 'CONDUCT':
      return !facts.measures.some(
        (measure) => isDemeritOrAbove(measure.level) && isDisciplineInForce(measure, on),
      );
    case 'ACADEMIC_TEST':
      return facts.test.length > 0 && facts.test.every(({ passed }) => passed);
  }
};

/**
 * Every condition that a senior student of Shanxi does not meet, one finding each (CRT-02). A breach counts when its
 * measure is of demerit or above and still stands on the day (ours on "serious"). Who meets all graduates; who does not
 * completes (CRT-04). Elsewhere the conditions are the province's own, and nothing is found.
 */
export const judgeSeniorGraduation = (
  facts: SeniorGraduationFacts,
  on: IsoDate,
  place: LawPlace,
): Finding[] =>
  unmetConditions(facts, on).flatMap((condition) =>
    findingIfInForce('CRT-02', {
      message: `未达到毕业条件：${SAID[condition].zh}。`,
      messageEn: `A condition of graduation is not met: ${SAID[condition].en}.`,
      path: ['conditions', condition],
      remedy: SAID[condition].remedy,
      ownerLevel: 'SCHOOL',
      on,
      place,
      stage: 'SENIOR',
    }),
  );

const SAID: Readonly<Record<GraduationCondition, { zh: string; en: string; remedy: string }>> = {
  STUDY_TIME: {
    zh: '在校学习未满三年',
    en: 'three years of study',
    remedy: '请核对入学、休学和复学时间。',
  },
  CURRICULUM: {
    zh: '未修完教育教学计划规定内容',
    en: 'the curriculum',
    remedy: '请核对课程修习记录。',
  },
  CREDITS: { zh: '学分未达到规定要求', en: 'the credits', remedy: '请核对学分；不足的，补修后再认定。' },
  FITNESS: {
    zh: '学生体质健康测试成绩不合格或无记录',
    en: 'the fitness test',
    remedy: '请核对或补测；免予执行的，以其认定结果为准。',
  },
  COMPREHENSIVE_QUALITY: {
    zh: '综合素质评价材料不符合要求或无记录',
    en: 'the material of the comprehensive-quality assessment',
    remedy: '请补齐综合素质评价材料。',
  },
  CONDUCT: {
    zh: '有未期满且未撤销的记过及以上处分',
    en: 'a serious breach whose measure still stands',
    remedy: '处分期满或撤销后不再计入。',
  },
  ACADEMIC_TEST: {
    zh: '学业水平合格性考试有科目未合格或无记录',
    en: 'every subject of the qualifying academic test',
    remedy: '请参加补考，合格后再认定。',
  },
};
