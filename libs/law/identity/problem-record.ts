import type { WorkingDayCalendar } from '../calendar/working-day-calendar.ts';
import { shanghaiDate } from '../dates.ts';
import { deadlineAfter } from '../deadline.ts';
import { type Finding, findingIfInForce, type LawPlace } from '../finding.ts';
import { requireValue } from '../resolve.ts';
import type { WorkingDayDeadline } from '../working-days.ts';

/** When a problem record should be settled: promptly, read as ten working days (ID-19, CF-49). */
export const problemRecordDue = (
  openedAt: Date,
  place: LawPlace,
  calendar: WorkingDayCalendar,
): WorkingDayDeadline =>
  deadlineAfter(openedAt, requireValue('promptly', place, shanghaiDate(openedAt)), calendar);

/** An unsettled problem record past its date goes into the report; it never stops any business (ID-19). */
export const judgeProblemRecord = (
  facts: { settled: boolean; dueAt: Date },
  now: Date,
  place: LawPlace,
): Finding[] => {
  if (facts.settled || now < facts.dueAt) return [];
  return findingIfInForce('ID-19', {
    message: '问题学籍超过办理期限仍未处理。',
    messageEn: 'A problem record is past its date and not settled.',
    remedy: '请学校核实后处理，需要时报主管部门。',
    ownerLevel: 'SCHOOL',
    on: shanghaiDate(now),
    place,
  });
};
