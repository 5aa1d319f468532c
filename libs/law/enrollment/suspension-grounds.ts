import type { IsoDate } from '../dates.ts';
import { type Finding, type FindingSpec, findingIfInForce, type LawPlace } from '../finding.ts';
import type { Stage } from '../layers.ts';
import type { SuspensionGround } from '../parameters/enrollment.ts';
import { resolve } from '../resolve.ts';

/** Why a suspension is asked for (form F2). An infectious disease is an illness that the school itself may bring. */
export type SuspensionCause = SuspensionGround | 'INFECTIOUS_DISEASE';

/** What the ground rests on. */
export type SuspensionGroundFacts = {
  stage: Stage;
  ground: SuspensionCause;
  /**
   * Lesson hours of the term: how many fall out, and all of them. For LONG_LEAVE those of the leave taken in one
   * run. Two numbers and no quotient, so that exactly one third is one third.
   */
  hours?: { missed: number; term: number };
  /** LONG_LEAVE: the pupil still cannot attend. */
  stillUnable?: boolean;
  /** The form says in words why. */
  reasonGiven: boolean;
};

/**
 * The ground must be one the province knows (ENR-37 Shanxi, ENR-38 Beiguan; CF-10). Elsewhere the nation leaves the
 * grounds to the province: where its text is known to exist but not at hand a warning says so, and where there is none
 * the authority decides with a written reason (outcome ours: a sick child is not to wait for a text, ORG-27).
 */
export const judgeSuspensionGround = (
  facts: SuspensionGroundFacts,
  on: IsoDate,
  place: LawPlace,
): Finding[] => {
  const { value: grounds, warnings } = resolve('suspensionGrounds', place, on, { stage: facts.stage });
  const textUnknown = warnings.some(({ code }) => code === 'LAYER_TEXT_UNKNOWN');
  const visible = warnings.flatMap((warning): Finding[] => {
    if (warning.code !== 'POLICY_UNRESOLVED') return [warning];
    return textUnknown ? [] : [{ ...warning, ...DECIDED_BY_AUTHORITY }];
  });
  return grounds ? [...visible, ...judgeAgainst(grounds, facts, on, place)] : visible;
};

/** True when the pupil is away for sickness, which decides about the papers. */
export const isSickness = (facts: { ground: SuspensionCause; leaveKind?: 'SICK' | 'OTHER' }): boolean =>
  facts.ground === 'ILLNESS' ||
  facts.ground === 'INFECTIOUS_DISEASE' ||
  (facts.ground === 'LONG_LEAVE' && facts.leaveKind === 'SICK');

const DECIDED_BY_AUTHORITY: Omit<FindingSpec, 'on' | 'place' | 'stage' | 'code'> = {
  outcome: 'HOLD',
  message: '本省休学情形尚无可适用的规定，由学籍主管部门决定。',
  messageEn: 'No text in force names the grounds of suspension here; the registry authority decides.',
  path: ['ground'],
  remedy: '请学籍主管部门写明理由决定；学生可以先治疗休养。',
  ownerLevel: 'COUNTY',
};

const judgeAgainst = (
  grounds: readonly SuspensionGround[],
  facts: SuspensionGroundFacts,
  on: IsoDate,
  place: LawPlace,
): Finding[] => {
  const ground = facts.ground === 'INFECTIOUS_DISEASE' ? 'ILLNESS' : facts.ground;
  const problem = grounds.includes(ground) ? problemWith(ground, facts) : NOT_A_GROUND;
  return problem ? notMet({ ...problem, ownerLevel: 'SCHOOL', on, place, stage: facts.stage }) : [];
};

type Problem = Pick<FindingSpec, 'message' | 'messageEn' | 'path' | 'remedy'>;

const problemWith = (
  ground: SuspensionGround,
  { hours, stillUnable, reasonGiven }: SuspensionGroundFacts,
): Problem | undefined => {
  switch (ground) {
    case 'ILLNESS':
      return hours && isCount(hours) && 3 * hours.missed >= hours.term ? undefined : TOO_FEW_HOURS;
    case 'LONG_LEAVE':
      if (!hours || !isCount(hours) || 3 * hours.missed <= hours.term) return LEAVE_TOO_SHORT;
      return stillUnable ? undefined : ABLE_TO_ATTEND;
    case 'FORCE_MAJEURE':
    case 'OTHER_SPECIAL':
      return reasonGiven ? undefined : NO_REASON;
  }
};

const isCount = ({ missed, term }: { missed: number; term: number }): boolean =>
  Number.isFinite(term) && term > 0 && Number.isFinite(missed) && missed >= 0;

const notMet = (spec: FindingSpec): Finding[] => [
  ...findingIfInForce('ENR-37', spec),
  ...findingIfInForce('ENR-38', spec),
];

const NOT_A_GROUND: Problem = {
  message: '所填原因不属于本地可以休学的情形。',
  messageEn: 'This is no ground of suspension here.',
  path: ['ground'],
  remedy: '请核对休学原因；因病的请选择“因病”，并附医院材料。',
};

const TOO_FEW_HOURS: Problem = {
  message: '因病休学，需停课治疗休养的时间应占一学期总学时三分之一以上（含三分之一）。',
  messageEn: 'Illness grounds a suspension from one third of the hours of a term on.',
  path: ['hours'],
  remedy: '请按诊断填写需停课的学时和本学期总学时；不足三分之一的，请办理请假。',
};

const LEAVE_TOO_SHORT: Problem = {
  message: '一学期内连续请假时间须超过学期总学时的三分之一。',
  messageEn: 'Leave in one run grounds a suspension beyond one third of the hours of a term.',
  path: ['hours'],
  remedy: '请填写连续请假的学时和本学期总学时；未超过三分之一的，请继续办理请假。',
};

const ABLE_TO_ATTEND: Problem = {
  message: '长期请假后仍不能到校上课的，才可以休学。',
  messageEn: 'After long leave a pupil is suspended only when still unable to attend.',
  path: ['stillUnable'],
  remedy: '能够到校的，请安排学生返校上课。',
};

const NO_REASON: Problem = {
  message: '未说明确需休学的原因。',
  messageEn: 'The form does not say why the suspension is truly needed.',
  path: ['reasonText'],
  remedy: '请在申请表中写明原因。',
};
