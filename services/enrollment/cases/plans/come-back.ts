import { EnrollmentReactivated } from '#libs/contracts/events/enrollment-status.ts';
import { decisionDue } from '#libs/law/enrollment/decision-due.ts';
import { entryYearFor } from '#libs/law/enrollment/grade.ts';
import { resumptionGrade } from '#libs/law/enrollment/resumption.ts';
import { finding } from '#libs/law/finding.ts';
import { standsStillFrom } from '../../assessment/progress.ts';
import type { CasePlan } from '../plan.ts';
import type { Situation } from '../situation.ts';
import { ResumptionFacts } from './resumption-facts.ts';
import { judgeMove } from './status.ts';

const gradeAfter = ({ resumeGrade }: ResumptionFacts, { grade, registration, schoolYear }: Situation) =>
  resumptionGrade(resumeGrade, {
    original: grade,
    classmates: schoolYear - registration.entryYearAdj + 1,
    last: registration.lastGrade,
  });

const noSuchGrade = ({ policyOn, lawPlace }: Situation) =>
  finding('ENR-69', {
    code: 'GRADE_MISMATCH',
    outcome: 'REJECT',
    message: '原同级学生已离开本学段，请选择原年级。',
    messageEn: 'The former classmates have left the stage; choose the grade that was left.',
    path: ['resumeGrade'],
    remedy: '请改为原年级。',
    ownerLevel: 'SCHOOL',
    on: policyOn,
    place: lawPlace,
  });

/** Back at the own school after other leave (W-02): in school again, in the grade left or that of the classmates. */
export const comeBack: CasePlan<ResumptionFacts> & { facts: typeof ResumptionFacts } = {
  kind: 'COME_BACK',
  facts: ResumptionFacts,
  parties: () => ['SCHOOL'],
  judge: (facts, situation) => [
    ...judgeMove('COME_BACK', situation),
    ...(gradeAfter(facts, situation) === undefined ? [noSuchGrade(situation)] : []),
  ],
  due: (_, from, __, { lawPlace, calendar }) => decisionDue(from, lawPlace, calendar),
  effect: (facts, situation) => ({
    event: EnrollmentReactivated,
    status: 'IN_SCHOOL',
    entryYearAdj: entryYearFor(gradeAfter(facts, situation) ?? situation.grade, situation.schoolYear),
    frozenAt: standsStillFrom(situation),
    dropoutMark: false,
  }),
};
