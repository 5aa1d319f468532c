import type { WorkingDayCalendar } from '../calendar/working-day-calendar.ts';
import type { IsoDate } from '../dates.ts';
import { deadlineAfter } from '../deadline.ts';
import { type Finding, findingIfInForce, type LawPlace } from '../finding.ts';
import type { Stage } from '../layers.ts';
import { resolve } from '../resolve.ts';
import type { WorkingDayDeadline } from '../working-days.ts';

/** Until when an archive is opened; `target`: the shorter time of a lower text that only warns. */
export type OpeningDue = { limit: WorkingDayDeadline; target?: WorkingDayDeadline };

/**
 * Until when the school opens the archive of a student who entered on a day (ARC-01): two months, one before 2025; in
 * Beiguan one month stays as a target (CF-01). The law is that of the day of entry. Undefined before any text speaks.
 */
export const openingDue = (
  enteredOn: IsoDate,
  place: LawPlace,
  stage: Stage,
  calendar: WorkingDayCalendar,
): OpeningDue | undefined => {
  const { value, soft } = resolve('archiveEstablishWithin', place, enteredOn, { stage });
  if (!value) return undefined;
  const limit = deadlineAfter(enteredOn, value, calendar);
  return soft ? { limit, target: deadlineAfter(enteredOn, soft.value, calendar) } : { limit };
};

/** An archive that is due. `openedOn`: null while it is not there; `waitsForApproval`: the authority has the registration in hand. */
export type OpeningFacts = {
  enteredOn: IsoDate;
  openedOn: IsoDate | null;
  stage: Stage;
  waitsForApproval?: boolean;
};

/**
 * An archive that is opened after its time, or is not there by then, is on record (ARC-01): against the school, and against the
 * authority while the school has handed the registration in and it waits for the approval with which the archive opens (ours).
 */
export const judgeOpening = (
  facts: OpeningFacts,
  today: IsoDate,
  place: LawPlace,
  calendar: WorkingDayCalendar,
): Finding[] => {
  const due = openingDue(facts.enteredOn, place, facts.stage, calendar);
  if (!due) return [];
  const day = facts.openedOn ?? today;
  const waits = facts.waitsForApproval === true && facts.openedOn === null;
  const spec = {
    path: ['openedOn'],
    remedy: waits ? '请学籍主管部门尽快核准学籍。' : '请学校尽快为学生建立学籍档案。',
    ownerLevel: waits ? ('COUNTY' as const) : ('SCHOOL' as const),
    on: facts.enteredOn,
    place,
    stage: facts.stage,
  };
  if (day > due.limit.dueDate) {
    return findingIfInForce('ARC-01', {
      ...spec,
      outcome: 'RECORD',
      message: `学籍档案应于${due.limit.dueDate}前（含当日）建立，已超过时限。`,
      messageEn: `The archive was due by ${due.limit.dueDate}.`,
    });
  }
  if (!due.target || day <= due.target.dueDate) return [];
  return findingIfInForce('ARC-01', {
    ...spec,
    outcome: 'WARN',
    message: `本地要求在${due.target.dueDate}前（含当日）建立学籍档案，请抓紧办理。`,
    messageEn: `The district asks for the archive by ${due.target.dueDate}.`,
  });
};

/** An archive that somebody wants to open for a student. */
export type NewArchiveFacts = { stage: Stage; archiveExists: boolean };

/** A student has one archive for life: the receiving school continues it and begins no second one (ARC-11). */
export const judgeNewArchive = (facts: NewArchiveFacts, on: IsoDate, place: LawPlace): Finding[] =>
  facts.archiveExists
    ? findingIfInForce('ARC-11', {
        outcome: 'REJECT',
        message: '该生已有学籍档案，应在原档案基础上接续，不得另建。',
        messageEn: 'The student has an archive; it is continued and no second one is opened.',
        path: ['student'],
        remedy: '请由保管单位转出原档案，接收后接续。',
        ownerLevel: 'SCHOOL',
        on,
        place,
        stage: facts.stage,
      })
    : [];
