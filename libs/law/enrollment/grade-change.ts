import { type GradePermissionSetting, judgeGradePermission } from '../account/grade-permission.ts';
import type { IsoDate } from '../dates.ts';
import {
  type Finding,
  type FindingSpec,
  finding,
  findingIfInForce,
  type LawPlace,
  type OwnerLevel,
} from '../finding.ts';
import type { Stage } from '../layers.ts';
import { resolve } from '../resolve.ts';
import { noTextPermits } from './no-text.ts';

/** A pupil who is to skip or to repeat a grade. Returning after a suspension is neither (ENR-36, ENR-47). */
export type GradeChangeFacts = {
  kind: 'SKIP' | 'REPEAT';
  stage: Exclude<Stage, 'PRESCHOOL'>;
  askedBy: 'GUARDIAN' | 'SCHOOL';
  /** What the province has set for this kind (ACC-16); null: nothing. */
  setting: GradePermissionSetting | null;
  /** The decision in favour; null while the case has none. */
  decision: { level: OwnerLevel; reasonGiven: boolean } | null;
};

/** What holds for a kind of change at a place on a day, and where it comes from. */
type Permission = {
  value: 'FORBIDDEN' | 'HOLD' | 'CITY' | 'COUNTY' | undefined;
  from: 'TEXT' | 'PROVINCE' | 'DEFAULT';
  warnings: Finding[];
};

/**
 * Judges skipping and repeating (ENR-36, ENR-51, ENR-52, CF-16). The province decides: by its own text, which no setting
 * overrides, or by what it has set in the system; where it has done neither, nothing is done. Shanxi forbids repeating
 * and, until the province sets it, skipping. Beiguan's compulsory schools never order a pupil to repeat; at the
 * guardian's wish, and for skipping, the authority decides with a written reason, unless the province forbids it.
 */
export const judgeSkipOrRepeat = (facts: GradeChangeFacts, on: IsoDate, place: LawPlace): Finding[] => {
  const permission = permissionFor(facts, on, place);
  return [...decide(facts, permission, on, place), ...permission.warnings];
};

const permissionFor = (facts: GradeChangeFacts, on: IsoDate, place: LawPlace): Permission => {
  const key = facts.kind === 'SKIP' ? 'gradeSkip' : 'gradeRepeat';
  const { value, basis, warnings } = resolve(key, place, on, { stage: facts.stage });
  const { setting } = facts;
  const isDefault = basis.every(({ layer }) => layer === 'OURS');
  if (!setting) return { value, from: isDefault ? 'DEFAULT' : 'TEXT', warnings: answered(warnings) };
  if (value !== undefined && !isDefault && (value === 'FORBIDDEN' || setting !== 'FORBIDDEN')) {
    return { value, from: 'TEXT', warnings };
  }
  return { value: setting, from: 'PROVINCE', warnings: answered(warnings) };
};

/** The warnings without the question that found no answer: the finding on the case itself says so. */
const answered = (warnings: readonly Finding[]): Finding[] =>
  warnings.filter(({ code }) => code !== 'POLICY_UNRESOLVED');

const decide = (
  facts: GradeChangeFacts,
  { value, from }: Permission,
  on: IsoDate,
  place: LawPlace,
): Finding[] => {
  const ordered =
    facts.kind === 'REPEAT' && facts.askedBy === 'SCHOOL' ? orderedRepeat(facts, on, place) : [];
  if (ordered.length > 0) return ordered;
  switch (value) {
    case undefined:
      return [noTextPermits(facts.kind === 'SKIP' ? SKIP : REPEAT, on, place)];
    case 'FORBIDDEN':
      return [forbidden(facts, from, on, place)];
    case 'HOLD':
      return judgeHeld(facts, on, place);
    case 'CITY':
    case 'COUNTY':
      return facts.decision
        ? judgeGradePermission({ setting: value, decider: facts.decision.level }, on, place)
        : [];
  }
};

const SKIP = { what: '跳级', whatEn: 'Skipping a grade' };
const REPEAT = { what: '留级', whatEn: 'Repeating a grade' };

/** In Beiguan no school orders a compulsory pupil to repeat, whatever the province allows (ENR-52). */
const orderedRepeat = ({ stage }: GradeChangeFacts, on: IsoDate, place: LawPlace): Finding[] =>
  findingIfInForce('ENR-52', {
    code: 'GRADE_REPEAT_FORBIDDEN',
    outcome: 'REJECT',
    message: '学校不得强令学生留级。',
    messageEn: 'A school may not order a pupil to repeat a grade.',
    path: ['grade'],
    remedy: '请终止办理；确有需要的，由监护人提出申请。',
    ownerLevel: 'SCHOOL',
    on,
    place,
    stage,
  });

const forbidden = (
  { kind, stage }: GradeChangeFacts,
  from: Permission['from'],
  on: IsoDate,
  place: LawPlace,
): Finding => {
  const where: Pick<FindingSpec, 'path' | 'outcome' | 'on' | 'place' | 'stage'> = {
    path: ['grade'],
    outcome: 'REJECT',
    on,
    place,
    stage,
  };
  if (kind === 'SKIP') {
    return finding('ENR-51', {
      ...where,
      code: 'GRADE_SKIP_NOT_PERMITTED',
      message: from === 'DEFAULT' ? '省级尚未规定跳级办法，暂不办理。' : '省级规定不允许跳级。',
      messageEn:
        from === 'DEFAULT' ? 'The province has not set skipping.' : 'The province does not allow skipping.',
      remedy: '请按原年级就读；如需开放，由省级教育行政部门规定。',
      ownerLevel: 'PROVINCE',
    });
  }
  const said = {
    ...where,
    code: 'GRADE_REPEAT_FORBIDDEN',
    message: '不允许留级。',
    messageEn: 'Repeating a grade is not allowed.',
    remedy: '请随原年级就读；残疾学生可经评估降级，休学期满的按复学办理。',
    ownerLevel: 'PROVINCE' as const,
  };
  const [byText] = from === 'TEXT' ? findingIfInForce('ENR-36', said) : [];
  return byText ?? finding('ENR-51', said);
};

/** A change that is generally not allowed waits for a decision with a written reason (ENR-52). */
const judgeHeld = (facts: GradeChangeFacts, on: IsoDate, place: LawPlace): Finding[] => {
  const { decision } = facts;
  const setting = facts.setting === 'CITY' ? 'CITY' : 'COUNTY';
  if (decision?.reasonGiven) return judgeGradePermission({ setting, decider: decision.level }, on, place);
  const skip = facts.kind === 'SKIP';
  return findingIfInForce('ENR-52', {
    code: skip ? 'GRADE_SKIP_NOT_PERMITTED' : 'GRADE_REPEAT_NEEDS_DECISION',
    outcome: 'HOLD',
    message: skip ? '一般不允许跳级。' : '监护人申请留级的，须由主管部门决定。',
    messageEn: skip
      ? 'Skipping is generally not allowed; the authority decides with a written reason.'
      : 'A repeat at the guardian’s wish is decided by the authority with a written reason.',
    path: ['grade'],
    remedy: '请由主管部门写明理由后决定。',
    ownerLevel: setting,
    on,
    place,
    stage: facts.stage,
  });
};
