import type { WorkingDayCalendar } from '#libs/law/calendar/working-day-calendar.ts';
import {
  dropoutMarkDue,
  dropoutReportDue,
  judgeDropoutMark,
  judgeDropoutReport,
  judgeMigrantDropout,
} from '#libs/law/enrollment/dropout.ts';
import { judgeLedgerEntry } from '#libs/law/enrollment/dropout-ledger.ts';
import type { Finding, LawPlace } from '#libs/law/finding.ts';
import type { Entry } from './entry.ts';
import { isClosed } from './ledger.ts';

/** The household lies in another county, or the form says that the child lives away from it. */
export const isMigrant = ({ householdCounty, county, migrant }: Entry): boolean =>
  householdCounty === null ? migrant : householdCounty !== county;

/** What is on record of an entry: unmarked, unreported, without action, and a household that was not told. */
export const blockersOfEntry = (
  entry: Entry,
  today: string,
  place: LawPlace,
  calendar: WorkingDayCalendar,
): Finding[] => {
  const { stage, state } = entry;
  const closed = isClosed(state);
  const markDue = dropoutMarkDue(new Date(entry.openedAt), place, calendar);
  const reportDue = entry.confirmedAt && dropoutReportDue(new Date(entry.confirmedAt), calendar);
  const isAway = !closed && entry.confirmedAt !== null && state !== 'MONITORING';
  return [
    ...(state === 'CLUE'
      ? judgeDropoutMark(
          { dueDate: markDue.dueDate, provisional: markDue.provisional, today, stage },
          today,
          place,
        )
      : []),
    ...(isAway && reportDue
      ? judgeDropoutReport(
          {
            stage,
            reportedTo: entry.reportedTo,
            dueDate: reportDue.dueDate,
            provisional: reportDue.provisional,
            today,
          },
          today,
          place,
        )
      : []),
    ...(isAway && entry.termClosesOn !== null
      ? judgeMigrantDropout(
          {
            stage,
            migrant: isMigrant(entry),
            termClosesOn: entry.termClosesOn,
            householdCountyNotified: entry.householdToldOn !== null,
            archiveCalledFor: false,
            archiveHandedOver: false,
            today,
          },
          today,
          place,
        )
      : []),
    ...judgeLedgerEntry({ stage, closed, lastActionOn: entry.lastActionOn, today }, today, place),
  ];
};
