import type { WorkingDayCalendar } from '../calendar/working-day-calendar.ts';
import { type IsoDate, shanghaiDate } from '../dates.ts';
import { deadlineAfter } from '../deadline.ts';
import { type Finding, finding, type LawPlace } from '../finding.ts';
import { requireValue } from '../resolve.ts';
import type { WorkingDayDeadline } from '../working-days.ts';

/** A pupil is in school only once the superior registry authority has approved the new registration (ENR-08). */
export const judgeAdmissionToSchool = (
  facts: { approvedByRegistryAuthority: boolean },
  on: IsoDate,
  place: LawPlace,
): Finding[] =>
  facts.approvedByRegistryAuthority
    ? []
    : [
        finding('ENR-08', {
          message: '新建学籍尚未经上级学籍主管部门核准。',
          messageEn: 'The new registration has not been approved by the superior registry authority.',
          remedy: '请等待或催办主管部门核准；学生可以先入学就读。',
          ownerLevel: 'COUNTY',
          on,
          place,
        }),
      ];

/** When the authority should have decided (ENR-08: promptly, read as ten working days). */
export const approvalDue = (
  submittedAt: Date,
  place: LawPlace,
  calendar: WorkingDayCalendar,
): WorkingDayDeadline =>
  deadlineAfter(
    submittedAt,
    requireValue('registrationDecisionWithin', place, shanghaiDate(submittedAt)),
    calendar,
  );
