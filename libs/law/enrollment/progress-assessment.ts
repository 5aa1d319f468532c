import type { IsoDate } from '../dates.ts';
import { type Finding, findingIfInForce, type LawPlace } from '../finding.ts';
import type { AssessedStep, ProgressAssessment } from './assessed-progress.ts';

/** An assessment on record: the step it speaks of; for a promotion, the school year into which it leads. */
export type AssessmentOnRecord = ProgressAssessment & { step: AssessedStep; schoolYear: number | null };

/** The step of which an assessment is asked; `schoolYear` for a promotion alone. */
export type StepAsked = Pick<AssessmentOnRecord, 'step' | 'schoolYear'>;

/** What counts of the assessments of a pupil, listed in the order in which they were recorded: the last on that step. */
export const assessmentThatCounts = <Kept extends AssessmentOnRecord>(
  recorded: readonly Kept[],
  asked: StepAsked,
): Kept | null =>
  recorded.findLast(({ step, schoolYear }) => step === asked.step && schoolYear === asked.schoolYear) ?? null;

/** A pupil as an assessment may be asked of. */
export type AssessedPupil = {
  status: string;
  grade: number;
  lastGrade: number;
  /** The school year that runs. */
  schoolYear: number;
  /** The grade stands still by an earlier assessment. */
  standsStill: boolean;
};

/** The step of a pupil that an assessment has to decide next; null for who takes none. */
export const nextAssessedStep = ({
  status,
  grade,
  lastGrade,
  schoolYear,
}: Omit<AssessedPupil, 'standsStill'>): StepAsked | null => {
  if (status === 'GRADUATED') return { step: 'GOING_ON', schoolYear: null };
  if (status !== 'IN_SCHOOL') return null;
  return grade < lastGrade
    ? { step: 'PROMOTION', schoolYear: schoolYear + 1 }
    : { step: 'GRADUATION', schoolYear: null };
};

/** An assessment that is to be put on record. */
export type RecordingFacts = StepAsked & { isDisabled: boolean; assessedOn: IsoDate; pupil: AssessedPupil };

const STATUSES: Readonly<Record<AssessedStep, readonly string[]>> = {
  PROMOTION: ['IN_SCHOOL', 'SUSPENDED'],
  GRADUATION: ['IN_SCHOOL', 'SUSPENDED'],
  GOING_ON: ['IN_SCHOOL', 'GRADUATED'],
};

/**
 * An assessment is put on record of a disabled pupil, after its day, for a step that the pupil has before it (ENR-24). One of
 * the promotion that has been counts for whom it left out alone: all others have been promoted (ENR-28).
 */
export const judgeRecording = (facts: RecordingFacts, on: IsoDate, place: LawPlace): Finding[] => [
  ...(facts.isDisabled ? [] : notDisabled(on, place)),
  ...(facts.assessedOn > on ? notYet(on, place) : []),
  ...(isAhead(facts) ? [] : noSuchStep(on, place)),
];

const isAhead = ({ step, schoolYear, pupil }: RecordingFacts): boolean => {
  if (!STATUSES[step].includes(pupil.status)) return false;
  if (step !== 'PROMOTION') return schoolYear === null;
  if (pupil.grade >= pupil.lastGrade) return false;
  return schoolYear === pupil.schoolYear + 1 || (schoolYear === pupil.schoolYear && pupil.standsStill);
};

const notDisabled = (on: IsoDate, place: LawPlace): Finding[] =>
  findingIfInForce('ENR-24', {
    code: 'ASSESSMENT_NOT_APPLICABLE',
    message: '只有残疾学生的升级、毕业、升学依据残疾人教育专家委员会的评估。',
    messageEn: 'Only the progress of a disabled pupil rests on an assessment by the expert committee.',
    path: ['enrollment'],
    remedy: '请核对采集表中的残疾信息；确有残疾的，先更新学生信息。',
    ownerLevel: 'SCHOOL',
    on,
    place,
  });

const notYet = (on: IsoDate, place: LawPlace): Finding[] =>
  findingIfInForce('ENR-24', {
    code: 'ASSESSMENT_IN_FUTURE',
    message: '评估日期不能晚于今日。',
    messageEn: 'An assessment is put on record after it took place.',
    path: ['assessedOn'],
    remedy: '请在评估之后如实登记日期。',
    ownerLevel: 'SCHOOL',
    on,
    place,
  });

const noSuchStep = (on: IsoDate, place: LawPlace): Finding[] =>
  findingIfInForce('ENR-24', {
    code: 'STEP_NOT_AHEAD',
    message: '该生目前没有这一项升级、毕业或升学，或该学年的升级已经完成。',
    messageEn: 'The pupil has no such step ahead, or has been promoted in that year already.',
    path: ['step'],
    remedy: '请核对学籍状态、年级和学年；已升级后需降级就读的，请办理年级变更。',
    ownerLevel: 'SCHOOL',
    on,
    place,
  });
