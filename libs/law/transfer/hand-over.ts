import type { WorkingDayCalendar } from '../calendar/working-day-calendar.ts';
import { type IsoDate, shanghaiDate } from '../dates.ts';
import { deadlineAfter } from '../deadline.ts';
import { enforces } from '../enforces.ts';
import { type EnrollmentStatus, statusAfter } from '../enrollment/status.ts';
import { isLate, type StepClock } from '../enrollment/step-clock.ts';
import { type Finding, findingIfInForce, type LawPlace } from '../finding.ts';
import type { Stage } from '../layers.ts';
import { requireValue } from '../resolve.ts';
import type { WorkingDayDeadline } from '../working-days.ts';
import { type CallUpClock, callUpExpired, isCallUpExpired } from './clocks.ts';
import type { CaseKind } from './kinds.ts';

/** A call-up that the receiving school wants to make. `clock`: absent where no text sets a limit. */
export type CallUpFacts = { reported: boolean; clock?: CallUpClock };

/** The file is called up only for a pupil who has reported at the receiving school (TRF-32), and in time (TRF-33). */
export const judgeCallUp = ({ reported, clock }: CallUpFacts, now: Date, place: LawPlace): Finding[] => {
  const on = shanghaiDate(now);
  return [
    ...(reported ? [] : notReported(on, place)),
    ...(clock && isCallUpExpired(clock, now) ? callUpExpired('REJECT', on, place) : []),
  ];
};

const notReported = (on: IsoDate, place: LawPlace): Finding[] =>
  findingIfInForce('TRF-32', {
    message: '学生尚未到校报到，不得发起调档。',
    messageEn: 'The file is called up only for a pupil who has reported.',
    path: ['reported'],
    remedy: '请在学生到校报到并登记后调档；未报到的，到期自动取消。',
    ownerLevel: 'SCHOOL',
    on,
    place,
  });

/** The registration moves once the sending school's backup of the electronic archive exists (TRF-40, ARC-09). */
export const judgeHandOver = (
  { sourceBackedUp }: { sourceBackedUp: boolean },
  on: IsoDate,
  place: LawPlace,
): Finding[] =>
  sourceBackedUp
    ? []
    : findingIfInForce('TRF-40', {
        message: '转出学校尚未完成电子学籍档案备份，学籍暂不转接。',
        messageEn: 'The sending school’s backup of the electronic archive does not exist yet.',
        path: ['archive'],
        remedy: '请转出学校备份电子档案并保留必要的纸质复印件；学生可以先在转入学校就读。',
        ownerLevel: 'SCHOOL',
        on,
        place,
      });

/**
 * The status of a registration that has moved. A transfer leaves it as it is: who had left is in school again only after
 * formalities at the receiving school (TRF-21, `TAKE_UP_AFTER_TRANSFER`). A graduate becomes ADMITTED there (W-11).
 * Undefined where the status had no such transition any more.
 */
export const statusAfterHandOver = ({
  kind,
  status,
  stage,
}: {
  kind: CaseKind;
  status: EnrollmentStatus;
  stage: Stage;
}): EnrollmentStatus | undefined => {
  enforces('TRF-21');
  return kind === 'CROSS_PROVINCE_STUDY' ? statusAfter(status, 'ADMIT_CROSS_PROVINCE', stage) : status;
};

/** When the receiving school should have placed the pupil in a class: promptly, read as ten working days (CF-49). */
export const classDue = (
  handedOverAt: Date,
  place: LawPlace,
  calendar: WorkingDayCalendar,
): WorkingDayDeadline =>
  deadlineAfter(handedOverAt, requireValue('promptly', place, shanghaiDate(handedOverAt)), calendar);

/** A pupil who came across provinces and has no class in time is on record (TRF-48, Beiguan). */
export const judgeClassPlacement = (
  facts: StepClock & { acrossProvinces: boolean; stage: Stage },
  place: LawPlace,
): Finding[] =>
  !facts.acrossProvinces || !isLate(facts)
    ? []
    : findingIfInForce('TRF-48', {
        message: '跨省转入的学生尚未及时分班。',
        messageEn: 'The pupil from another province has not been placed in a class in time.',
        path: ['class'],
        remedy: '请尽快编入班级；学生照常就读。',
        ownerLevel: 'SCHOOL',
        on: facts.today,
        place,
        stage: facts.stage,
      });
