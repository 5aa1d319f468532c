import type { WorkingDayCalendar } from '../calendar/working-day-calendar.ts';
import { addDays, type IsoDate } from '../dates.ts';
import { deadlineAfter } from '../deadline.ts';
import { type Finding, type FindingSpec, findingIfInForce, isInForce, type LawPlace } from '../finding.ts';
import { isCompulsory, type Stage } from '../layers.ts';
import { requireValue } from '../resolve.ts';
import type { WorkingDayDeadline } from '../working-days.ts';
import { prevailing } from './prevailing.ts';

/** The school reminds the family so many days before the end of a suspension (ours, W-13). */
const CONTACT_BEFORE_END = 30;

/** A suspension at or beyond its end: neither resumed nor renewed. */
export type OverrunFacts = {
  stage: Stage;
  /** The last day of the suspension. */
  endsOn: IsoDate;
  /** How often the school has contacted the family about it, from the log. */
  contacts: number;
  today: IsoDate;
};

/**
 * What follows by itself: OPEN_LEDGER in compulsory education, AUTOMATIC_WITHDRAWAL of a senior pupil after filing
 * (judged by `judgeWithdrawal`), WAIT while the grace runs, a contact is missing, or no text carries more.
 */
export type OverrunConsequence = 'WAIT' | 'OPEN_LEDGER' | 'AUTOMATIC_WITHDRAWAL';

/** From this day on the school reminds the family that the suspension ends. */
export const overrunReminderFrom = (endsOn: IsoDate): IsoDate => addDays(endsOn, -CONTACT_BEFORE_END);

/** The last day on which the pupil may still resume or renew (ENR-50: one month from the end). */
export const suspensionOverrunDue = (
  endsOn: IsoDate,
  place: LawPlace,
  calendar: WorkingDayCalendar,
): WorkingDayDeadline =>
  deadlineAfter(endsOn, requireValue('suspensionOverrunGrace', place, endsOn), calendar);

/**
 * A suspension that ran out (ENR-50, CF-48: one month for resuming and renewing, after a contact on record). In Shanxi
 * a compulsory pupil comes into the ledger and a senior one is treated as self-withdrawn. Elsewhere compulsory schools
 * keep the same month for the ledger (ENR-60), and no text lets a senior school withdraw anybody.
 */
export const judgeSuspensionOverrun = (
  facts: OverrunFacts,
  on: IsoDate,
  place: LawPlace,
  calendar: WorkingDayCalendar,
): { findings: Finding[]; consequence: OverrunConsequence } => {
  const { stage, endsOn, contacts, today } = facts;
  const where = { on, place, stage };
  if (today <= suspensionOverrunDue(endsOn, place, calendar).dueDate) {
    return { findings: [], consequence: 'WAIT' };
  }
  const uncontacted = contacts > 0 ? [] : contactMissing(where);
  if (isCompulsory(stage)) {
    return { findings: [...ledgerDue(where), ...uncontacted], consequence: 'OPEN_LEDGER' };
  }
  const carried = stage === 'SENIOR' && isInForce('ENR-50', on, place, stage);
  return {
    findings: [...withdrawalDue(where), ...uncontacted],
    consequence: carried && contacts > 0 ? 'AUTOMATIC_WITHDRAWAL' : 'WAIT',
  };
};

/**
 * A renewal asked for after that month: a compulsory pupil's goes on record, a senior pupil's waits for the
 * authority, since the withdrawal may be on its way (outcomes ours, ENR-50).
 */
export const judgeLateRenewal = (
  { stage, endsOn, today }: Omit<OverrunFacts, 'contacts'>,
  on: IsoDate,
  place: LawPlace,
  calendar: WorkingDayCalendar,
): Finding[] =>
  today <= suspensionOverrunDue(endsOn, place, calendar).dueDate
    ? []
    : findingIfInForce('ENR-50', {
        code: 'SUSPENSION_RENEWAL_LATE',
        outcome: stage === 'SENIOR' ? 'HOLD' : 'RECORD',
        message: '休学期满已超过1个月，才申请继续休学。',
        messageEn: 'The renewal was asked for more than a month after the end of the suspension.',
        remedy: '请说明逾期原因；普通高中学生由学籍主管部门写明理由决定。',
        ownerLevel: stage === 'SENIOR' ? 'COUNTY' : 'SCHOOL',
        on,
        place,
        stage,
      });

/**
 * Beiguan's compulsory schools urge a suspended pupil back in time; in vain, the township or sub-district of the
 * household orders the guardians to send the child (ENR-61).
 */
export const judgeUrging = (
  { stage, endsOn, contacts, today }: OverrunFacts,
  on: IsoDate,
  place: LawPlace,
): Finding[] => {
  if (!isCompulsory(stage) || today <= endsOn) return [];
  return findingIfInForce('ENR-61', {
    ...(contacts > 0 ? ORDER_DUE : NOT_URGED),
    outcome: 'RECORD',
    ownerLevel: 'SCHOOL',
    on,
    place,
    stage,
  });
};

type Where = Pick<FindingSpec, 'on' | 'place' | 'stage'>;

const ORDER_DUE = {
  code: 'RETURN_ORDER_DUE',
  message: '休学期满，学校督促后仍未复学。',
  messageEn: 'The suspension has ended and the pupil was urged to resume in vain.',
  remedy: '请提请学生户口所在地街道办事处或乡镇人民政府责令监护人送学生复学。',
};

const NOT_URGED = {
  code: 'RESUMPTION_NOT_URGED',
  message: '休学期满，学校尚未督促学生复学。',
  messageEn: 'The suspension has ended and the school has not urged the pupil to resume.',
  remedy: '请联系监护人，督促学生复学并登记。',
};

const OVERRUN = {
  code: 'SUSPENSION_OVERRUN',
  outcome: 'RECORD',
  messageEn: 'The suspension ended over a month ago and was neither resumed nor renewed.',
  ownerLevel: 'SCHOOL',
} as const;

const ledgerDue = (where: Where): Finding[] => {
  const said = {
    ...OVERRUN,
    message: '休学期满超过1个月，未复学也未办理继续休学。',
    remedy: '请列入控辍保学台账，联系监护人并劝返复学。',
    ...where,
  };
  return prevailing(findingIfInForce('ENR-50', said), findingIfInForce('ENR-60', said));
};

const withdrawalDue = (where: Where): Finding[] =>
  findingIfInForce('ENR-50', {
    ...OVERRUN,
    message: '普通高中学生休学期满超过1个月，未复学也未办理继续休学。',
    remedy: '请联系监护人并登记；仍不复学的，报学籍主管部门备案后按自行退学办理。',
    ...where,
  });

const contactMissing = (where: Where): Finding[] =>
  findingIfInForce('ENR-50', {
    code: 'GUARDIAN_CONTACT_MISSING',
    outcome: 'RECORD',
    message: '没有学校与监护人联系的记录。',
    messageEn: 'No contact of the school with the family is on record.',
    remedy: '请与监护人联系并登记时间、方式和结果。',
    ownerLevel: 'SCHOOL',
    ...where,
  });
