import { z } from 'zod';
import { GradeChanged } from '#libs/contracts/events/enrollment-status.ts';
import { Day } from '#libs/contracts/ids.ts';
import { judgeGradeLowering } from '#libs/law/enrollment/assessed-progress.ts';
import { decisionDue } from '#libs/law/enrollment/decision-due.ts';
import { entryYearFor } from '#libs/law/enrollment/grade.ts';
import { judgeSkipOrRepeat } from '#libs/law/enrollment/grade-change.ts';
import { type Finding, finding, type OwnerLevel } from '#libs/law/finding.ts';
import { standsStillFrom } from '../../assessment/progress.ts';
import type { CasePlan } from '../plan.ts';
import type { Situation } from '../situation.ts';

export const GradeChangeFacts = z.object({
  change: z.enum(['SKIP', 'REPEAT', 'LOWER']),
  askedBy: z.enum(['GUARDIAN', 'SCHOOL']),
  grade: z.int().min(1).max(12),
  assessedOn: Day.nullish(),
  assessmentSupports: z.boolean().nullish(),
});
export type GradeChangeFacts = z.infer<typeof GradeChangeFacts>;

/**
 * True where a change leads to the asked grade. Repeating leads below the grade of today: whoever is to sit through the grade
 * of today once more is first promoted out of it with all others (ENR-28), or the promotion would undo what was decided.
 */
const leadsTo = ({ change, grade: asked }: GradeChangeFacts, grade: number): boolean =>
  change === 'SKIP' ? asked > grade : asked < grade;

const wrongGrade = (isRepeat: boolean, { today, lawPlace }: Situation): Finding =>
  finding('ENR-69', {
    code: 'GRADE_MISMATCH',
    outcome: 'REJECT',
    message: '所填年级与本次变更不符，或本校本学段没有该年级。',
    messageEn: 'The grade does not fit the change, or the stage has no such grade here.',
    path: ['grade'],
    remedy: isRepeat ? '留级请在统一升级之后办理，并填写升级前的年级。' : '请核对变更后的年级。',
    ownerLevel: 'SCHOOL',
    on: today,
    place: lawPlace,
  });

const notInSchool = ({ today, lawPlace }: Situation): Finding =>
  finding('ENR-69', {
    code: 'GRADE_MISMATCH',
    outcome: 'REJECT',
    message: '只有在校的中小学生可以变更年级。',
    messageEn: 'Only a pupil who is in school, beyond preschool, can change grade.',
    path: ['enrollment'],
    remedy: '请核对学籍状态；休学学生在复学时确定年级。',
    ownerLevel: 'SCHOOL',
    on: today,
    place: lawPlace,
  });

/** The level of the registry authority, which decides (ENR-51, ACC-16). */
const deciderOf = ({ school: { authority, county, city } }: Situation): OwnerLevel => {
  if (authority === county) return 'COUNTY';
  return authority === city ? 'CITY' : 'PROVINCE';
};

/** Skipping, repeating, lowering a grade (W-25): what the province lets whom decide. */
export const gradeChange: CasePlan<GradeChangeFacts> & { facts: typeof GradeChangeFacts } = {
  kind: 'GRADE_CHANGE',
  facts: GradeChangeFacts,
  parties: () => ['SCHOOL', 'AUTHORITY'],
  judge: (facts, situation) => {
    const { registration, lawPlace, policyOn, grade } = situation;
    const { stage } = registration;
    if (stage === 'PRESCHOOL' || registration.status !== 'IN_SCHOOL') return [notInSchool(situation)];
    const common = {
      stage,
      askedBy: facts.askedBy,
      setting: situation.gradeSettings[facts.change === 'SKIP' ? 'SKIP' : 'REPEAT'],
      decision: { level: deciderOf(situation), reasonGiven: false },
    };
    const fits = leadsTo(facts, grade) && facts.grade <= registration.lastGrade;
    return [
      ...(fits ? [] : [wrongGrade(facts.change === 'REPEAT', situation)]),
      ...(facts.change === 'LOWER'
        ? judgeGradeLowering(
            {
              isDisabled: registration.disabled,
              assessment: facts.assessedOn
                ? { assessedOn: facts.assessedOn, supports: facts.assessmentSupports ?? false }
                : null,
              approved: true,
              asRepeat: common,
            },
            policyOn,
            lawPlace,
          )
        : judgeSkipOrRepeat({ kind: facts.change, ...common }, policyOn, lawPlace)),
    ];
  },
  due: (_, from, __, { lawPlace, calendar }) => decisionDue(from, lawPlace, calendar),
  effect: ({ grade }, situation) => ({
    event: GradeChanged,
    status: 'IN_SCHOOL',
    entryYearAdj: entryYearFor(grade, situation.schoolYear),
    frozenAt: standsStillFrom(situation),
  }),
};
