import type { WorkingDayCalendar } from '../calendar/working-day-calendar.ts';
import type { IsoDate } from '../dates.ts';
import { type Finding, type FindingSpec, findingIfInForce, type LawPlace } from '../finding.ts';
import { requireValue } from '../resolve.ts';
import { hasCountyProof, type Proof } from './proof.ts';
import { type DateSpan, exceedsTotal } from './suspended-time.ts';
import { judgeSuspensionOverrun } from './suspension-overrun.ts';
import { isLongAbsence, truancyIn } from './truancy.ts';

/** "Repeated" contact is at least twice (ours). */
const REPEATED = 2;

/** Kinds of papers that come with a withdrawal (form F3). */
export type WithdrawalProofKind =
  | 'HOSPITAL_RECORD'
  | 'INPATIENT_RECORD'
  | 'DIAGNOSIS_CERTIFICATE'
  | 'PUBLIC_SECURITY_PROOF'
  | 'OTHER_DEPARTMENT_PROOF';

/** Why a senior pupil leaves, with what the ground rests on. The first two are self-withdrawal without application. */
export type WithdrawalGround =
  | {
      kind: 'LONG_ABSENCE';
      term: { opensOn: IsoDate; closesOn: IsoDate };
      /** Unexcused absences of that term up to today, first and last missed day. */
      absences: readonly DateSpan[];
      /** Contacts with the family on record. */
      contacts: number;
      /** Help and admonition were in vain, as the school notes. */
      helpInVain: boolean;
    }
  | { kind: 'SUSPENSION_EXPIRED'; endsOn: IsoDate; contacts: number; today: IsoDate }
  | {
      kind: 'SUSPENSION_OVER_TWO_YEARS';
      /** Approved suspensions of the senior stage, and beyond them the time overrun or applied for (CF-43). */
      suspensions: readonly DateSpan[];
      /** The school gives its reason why the pupil is unfit to stay. */
      unfitReasonGiven: boolean;
    }
  | { kind: 'SERIOUS_ILLNESS_OR_ACCIDENT'; proofs: readonly Proof<WithdrawalProofKind>[] }
  | { kind: 'GUARDIAN_REQUEST' };

/** True for the grounds that Shanxi treats as self-withdrawal, without an application of the guardian. */
export const isSelfWithdrawal = ({ kind }: WithdrawalGround): boolean =>
  kind === 'LONG_ABSENCE' || kind === 'SUSPENSION_EXPIRED';

/** Whether the ground of Shanxi's four (ENR-54), or the run-out suspension (ENR-50), is met and proved. */
export const judgeWithdrawalGround = (
  ground: WithdrawalGround,
  on: IsoDate,
  place: LawPlace,
  calendar: WorkingDayCalendar,
): Finding[] => {
  const where = { on, place, stage: 'SENIOR' } as const;
  switch (ground.kind) {
    case 'LONG_ABSENCE':
      if (!isLongAbsence(truancyIn(ground.absences, ground.term, calendar))) return notMet(TOO_SHORT, where);
      return ground.contacts >= REPEATED && ground.helpInVain ? [] : notMet(HELP_MISSING, where);
    case 'SUSPENSION_EXPIRED': {
      const facts = { ...ground, stage: 'SENIOR' } as const;
      const { consequence } = judgeSuspensionOverrun(facts, on, place, calendar);
      return consequence === 'AUTOMATIC_WITHDRAWAL' ? [] : notOverrun(where);
    }
    case 'SUSPENSION_OVER_TWO_YEARS': {
      const most = requireValue('suspensionMaxTotalSenior', place, on, { stage: 'SENIOR' });
      if (!most || !exceedsTotal(ground.suspensions, most)) return notMet(NOT_OVER, where);
      return ground.unfitReasonGiven ? [] : notMet(UNFIT_UNSAID, where);
    }
    case 'SERIOUS_ILLNESS_OR_ACCIDENT':
      return hasCountyProof(ground.proofs, PROOFS) ? [] : proofMissing(where);
    case 'GUARDIAN_REQUEST':
      return [];
  }
};

type Where = Pick<FindingSpec, 'on' | 'place' | 'stage'>;
type Said = Pick<FindingSpec, 'message' | 'messageEn' | 'path' | 'remedy'>;

const PROOFS: readonly WithdrawalProofKind[] = [
  'HOSPITAL_RECORD',
  'INPATIENT_RECORD',
  'DIAGNOSIS_CERTIFICATE',
  'PUBLIC_SECURITY_PROOF',
  'OTHER_DEPARTMENT_PROOF',
];

const notMet = (said: Said, where: Where): Finding[] =>
  findingIfInForce('ENR-54', {
    code: 'WITHDRAWAL_GROUND_NOT_MET',
    outcome: 'REJECT',
    ownerLevel: 'SCHOOL',
    ...said,
    ...where,
  });

const notOverrun = (where: Where): Finding[] =>
  findingIfInForce('ENR-50', {
    code: 'WITHDRAWAL_GROUND_NOT_MET',
    outcome: 'REJECT',
    message: '休学期满未超过1个月，或没有与监护人联系的记录，不能按自行退学处理。',
    messageEn: 'The suspension has not been over for a month, or no contact with the family is on record.',
    path: ['ground'],
    remedy: '请先联系监护人督促复学或办理继续休学，并登记。',
    ownerLevel: 'SCHOOL',
    ...where,
  });

const proofMissing = (where: Where): Finding[] =>
  findingIfInForce('ENR-54', {
    code: 'WITHDRAWAL_PROOF_MISSING',
    outcome: 'REJECT',
    message: '缺少县级及以上医院病历或公安等部门的证明。',
    messageEn:
      'The record of a county-level or higher hospital, or the proof of public security, is missing.',
    path: ['proofs'],
    remedy: '请监护人补充材料。',
    ownerLevel: 'GUARDIAN',
    ...where,
  });

const TOO_SHORT: Said = {
  message: '一学期内连续旷课未超过8周，累计旷课未达到10周。',
  messageEn: 'The absence is neither over 8 weeks in a row nor 10 weeks in all within the term.',
  path: ['ground'],
  remedy: '请继续联系监护人，帮助学生返校。',
};

const HELP_MISSING: Said = {
  message: '没有学校多次联系、帮助教育无效的记录。',
  messageEn: 'No repeated contact and help in vain are on record.',
  path: ['contacts'],
  remedy: '请至少两次联系监护人并登记帮助教育情况。',
};

const NOT_OVER: Said = {
  message: '累计休学（含逾期和再次申请的时间）未超过两年。',
  messageEn: 'The suspensions with the time overrun or applied for are not over two years.',
  path: ['ground'],
  remedy: '请核对休学记录；可办理继续休学或复学。',
};

const UNFIT_UNSAID: Said = {
  message: '学校未说明学生不宜继续在校学习的理由。',
  messageEn: 'The school does not say why the pupil is unfit to stay.',
  path: ['reasonText'],
  remedy: '请写明理由。',
};
