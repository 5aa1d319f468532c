import type { WorkingDayCalendar } from '../calendar/working-day-calendar.ts';
import { type IsoDate, shanghaiDate } from '../dates.ts';
import { type Finding, findingIfInForce, type LawPlace } from '../finding.ts';
import type { Stage } from '../layers.ts';
import { passOnDue } from './handing-over.ts';

/** The archive of a migrant dropout. `calledForAt`: when the county of the household asked for it, null while it has not. */
export type CalledForFacts = {
  calledForAt: Date | null;
  passedOnOn: IsoDate | null;
  sentBackOn?: IsoDate | null;
  stage: Stage;
};

/**
 * The archive of a migrant worker's child who dropped out stays with the school until the county of the household calls for
 * it, and has gone there within the month of any hand-over then (ARC-22 in the reading of CF-19).
 */
export const judgeCalledForArchive = (
  facts: CalledForFacts,
  today: IsoDate,
  place: LawPlace,
  calendar: WorkingDayCalendar,
): Finding[] => {
  const { calledForAt, passedOnOn, sentBackOn = null, stage } = facts;
  if (calledForAt === null) return [];
  if ((passedOnOn ?? today) <= passOnDue({ owedAt: calledForAt, sentBackOn }, place, calendar).dueDate)
    return [];
  return findingIfInForce('ARC-22', {
    message: '户籍所在地县级教育行政部门已调取，学籍档案未按时转交。',
    messageEn: 'The county of the household called for the archive and has not received it in time.',
    remedy: '请尽快转交学籍档案。',
    ownerLevel: 'COUNTY',
    on: shanghaiDate(calledForAt),
    place,
    stage,
  });
};
