import type { IsoDate } from '../dates.ts';
import { type Finding, findingIfInForce, isInForce, type LawPlace } from '../finding.ts';
import { type GradeChangeFacts, judgeSkipOrRepeat } from './grade-change.ts';

/** A step of a disabled pupil that the expert committee's assessment decides. */
export type AssessedStep = 'PROMOTION' | 'GRADUATION' | 'GOING_ON';

/** An assessment that the school has had made: its day and whether it supports the step. */
export type ProgressAssessment = { assessedOn: IsoDate; supports: boolean };

/** A step of a pupil. */
export type AssessedProgressFacts = {
  isDisabled: boolean;
  step: AssessedStep;
  assessment: ProgressAssessment | null;
};

/**
 * A disabled pupil is promoted, graduates and goes on as the assessment says (ENR-24). Graduation and going on are refused
 * without it. The nationwide promotion leaves out whom an assessment keeps in the grade (ENR-28); that an assessment is
 * missing is told of the pupil and keeps no child back (ours).
 */
export const judgeAssessedProgress = (
  facts: AssessedProgressFacts,
  on: IsoDate,
  place: LawPlace,
): Finding[] => (facts.isDisabled ? judgeAssessment(facts.assessment, on, place) : []);

/** A pupil who is to attend a lower grade. */
export type GradeLoweringFacts = {
  isDisabled: boolean;
  assessment: ProgressAssessment | null;
  /** The superior registry authority has approved what the school entered. */
  approved: boolean;
  /** How it is judged as repeating where it is no lawful lowering. */
  asRepeat: Omit<GradeChangeFacts, 'kind'>;
};

/**
 * A lower grade is open to disabled pupils alone, after an assessment and with the approval of the superior registry
 * authority (ENR-24). For anybody else, and before the measure of 2025 for everybody, it is repeating (ENR-36, ENR-51).
 */
export const judgeGradeLowering = (facts: GradeLoweringFacts, on: IsoDate, place: LawPlace): Finding[] => {
  if (!facts.isDisabled || !isInForce('ENR-24', on, place)) {
    return judgeSkipOrRepeat({ ...facts.asRepeat, kind: 'REPEAT' }, on, place);
  }
  return [...judgeAssessment(facts.assessment, on, place), ...(facts.approved ? [] : notApproved(on, place))];
};

const judgeAssessment = (assessment: ProgressAssessment | null, on: IsoDate, place: LawPlace): Finding[] => {
  if (!assessment || on < assessment.assessedOn) return assessmentMissing(on, place);
  return assessment.supports ? [] : notSupported(on, place);
};

const assessmentMissing = (on: IsoDate, place: LawPlace): Finding[] =>
  findingIfInForce('ENR-24', {
    code: 'ASSESSMENT_MISSING',
    message: '残疾学生的升级、毕业、升学和降级须依据残疾人教育专家委员会的评估结果。',
    messageEn: 'A disabled pupil’s progress rests on an assessment by the expert committee.',
    path: ['assessment'],
    remedy: '请学校委托县级残疾人教育专家委员会评估。',
    ownerLevel: 'SCHOOL',
    on,
    place,
  });

const notSupported = (on: IsoDate, place: LawPlace): Finding[] =>
  findingIfInForce('ENR-24', {
    code: 'ASSESSMENT_NOT_SUPPORTING',
    message: '评估结果不支持此项变动。',
    messageEn: 'The assessment does not support this step.',
    path: ['assessment'],
    remedy: '请按评估结果办理；情况有变化的，申请重新评估。',
    ownerLevel: 'SCHOOL',
    on,
    place,
  });

const notApproved = (on: IsoDate, place: LawPlace): Finding[] =>
  findingIfInForce('ENR-24', {
    code: 'GRADE_LOWERING_NOT_APPROVED',
    message: '残疾学生降级就读须经上级学籍主管部门核准。',
    messageEn: 'The superior registry authority approves a lower grade.',
    path: ['grade'],
    remedy: '请提交上级学籍主管部门核准。',
    ownerLevel: 'COUNTY',
    on,
    place,
  });
