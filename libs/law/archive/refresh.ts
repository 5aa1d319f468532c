import type { WorkingDayCalendar } from '../calendar/working-day-calendar.ts';
import { type IsoDate, shanghaiDate } from '../dates.ts';
import { deadlineAfter } from '../deadline.ts';
import { type Finding, findingIfInForce, isInForce, type LawPlace } from '../finding.ts';
import type { Stage } from '../layers.ts';
import { requireValue } from '../resolve.ts';
import type { WorkingDayDeadline } from '../working-days.ts';

/** Why an archive is to be refreshed. */
export type RefreshOccasion = 'TERM_OPENED' | 'TRANSFER_COMPLETED';

/** Until when: promptly, read as ten working days (CF-49). Undefined where no text asks for it (ARC-07, from 2025). */
export const refreshDue = (
  occasionAt: Date | IsoDate,
  place: LawPlace,
  stage: Stage,
  calendar: WorkingDayCalendar,
): WorkingDayDeadline | undefined => {
  const on = typeof occasionAt === 'string' ? occasionAt : shanghaiDate(occasionAt);
  if (!isInForce('ARC-07', on, place, stage)) return undefined;
  return deadlineAfter(occasionAt, requireValue('promptly', place, on), calendar);
};

/**
 * An archive and the occasion to refresh it. `refreshedOn`: the last time it was, null for never; `reports`: the student is one who
 * reports at the keeping school when a term opens, and is not suspended, abroad or elsewhere.
 */
export type RefreshFacts = {
  occasion: RefreshOccasion;
  occasionOn: IsoDate;
  refreshedOn: IsoDate | null;
  reports: boolean;
  stage: Stage;
};

/**
 * An archive is brought up to date once the student has reported at a term's opening (开学报到), and after a transfer; what is not,
 * is on record (ARC-07).
 */
export const judgeRefresh = (
  facts: RefreshFacts,
  today: IsoDate,
  place: LawPlace,
  calendar: WorkingDayCalendar,
): Finding[] => {
  const due = refreshDue(facts.occasionOn, place, facts.stage, calendar);
  if (!due || (facts.occasion === 'TERM_OPENED' && !facts.reports)) return [];
  const refreshed = facts.refreshedOn !== null && facts.refreshedOn >= facts.occasionOn;
  const day = refreshed && facts.refreshedOn !== null ? facts.refreshedOn : today;
  if (day <= due.dueDate) return [];
  const opened = facts.occasion === 'TERM_OPENED';
  return findingIfInForce('ARC-07', {
    message: opened ? '开学注册后未及时更新学籍档案。' : '转学办结后未及时更新学籍档案。',
    messageEn: opened
      ? 'The archive was not refreshed in time after the term opened.'
      : 'The archive was not refreshed in time after the transfer.',
    path: ['refreshedOn'],
    remedy: '请学校核对并更新学籍档案。',
    ownerLevel: 'SCHOOL',
    on: facts.occasionOn,
    place,
    stage: facts.stage,
  });
};
