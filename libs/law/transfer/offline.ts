import type { WorkingDayCalendar } from '../calendar/working-day-calendar.ts';
import { type IsoDate, shanghaiDate } from '../dates.ts';
import { deadlineAfter } from '../deadline.ts';
import { isLate, type StepClock } from '../enrollment/step-clock.ts';
import { type Finding, findingIfInForce, type LawPlace } from '../finding.ts';
import type { HandlingMode } from '../organization/handling-mode.ts';
import { requireValue } from '../resolve.ts';
import type { WorkingDayDeadline } from '../working-days.ts';

/** A transfer that is to be handled outside of the system first. */
export type OfflineFacts = {
  mode: HandlingMode;
  /** A fault of the system or of the data transmission that was declared, by its reference; null: none. */
  faultReference: string | null;
  familyWishes: boolean;
};

/**
 * Outside first only in a declared fault, and on the family's wish (TRF-24). From the end of the paper procedure the pupil
 * counts as one of the new school; the case is entered afterwards, and what the system then says decides.
 */
export const judgeOffline = (facts: OfflineFacts, on: IsoDate, place: LawPlace): Finding[] => {
  if (facts.mode !== 'OFFLINE_FIRST') return [];
  const where = { outcome: 'REJECT' as const, ownerLevel: 'SCHOOL' as const, on, place };
  return [
    ...((facts.faultReference ?? '').trim() !== ''
      ? []
      : findingIfInForce('TRF-24', {
          code: 'NO_FAULT_DECLARED',
          message: '没有登记的系统或数据传输故障，不能先线下办理转学。',
          messageEn: 'No fault of the system has been declared.',
          path: ['faultReference'],
          remedy: '请在系统中办理；确有故障的，先登记故障并填写编号。',
          ...where,
        })),
    ...(facts.familyWishes
      ? []
      : findingIfInForce('TRF-24', {
          code: 'OFFLINE_WITHOUT_FAMILY_WISH',
          message: '线下办理转学须根据家长要求。',
          messageEn: 'The offline way is taken on the family’s wish.',
          path: ['familyWishes'],
          remedy: '请征求家长意见；家长不要求的，等故障恢复后在系统办理。',
          ...where,
        })),
  ];
};

/** Until when a case that was handled outside is entered: ten working days from the recovery (TRF-24, figure ours). */
export const offlineFollowUpDue = (
  recoveredAt: Date,
  place: LawPlace,
  calendar: WorkingDayCalendar,
): WorkingDayDeadline =>
  deadlineAfter(recoveredAt, requireValue('promptly', place, shanghaiDate(recoveredAt)), calendar);

/** A case that was not entered in time after the fault is on record (TRF-24); `doneOn`: the day it was. */
export const judgeOfflineFollowUp = (clock: StepClock, place: LawPlace): Finding[] =>
  !isLate(clock)
    ? []
    : findingIfInForce('TRF-24', {
        code: 'OFFLINE_TRANSFER_NOT_CLOSED',
        outcome: 'RECORD',
        message: '线下办理的转学在故障恢复后未及时通过学籍系统完成转接。',
        messageEn: 'The transfer that was handled outside has not been entered since the recovery.',
        path: ['case'],
        remedy: '请转入学校立即在系统中发起并完成电子学籍档案转接；学生照常就读。',
        ownerLevel: 'SCHOOL',
        on: clock.today,
        place,
      });
