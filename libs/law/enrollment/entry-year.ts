import { type IsoDate, shanghaiDate } from '../dates.ts';
import { type Finding, findingIfInForce, type LawPlace } from '../finding.ts';
import { requireValue } from '../resolve.ts';
import { type Promotion, schoolYearOn } from './grade.ts';

/** The school years for which registrations are taken at an instant. */
export type EntryYears = {
  running: number;
  /** That of the coming autumn; null before its registrations are opened. */
  coming: number | null;
  /** The day from which registrations for the school year after the running one are taken (ours). */
  comingFrom: IsoDate;
};

/**
 * The running school year and, from its opening day to the promotion, the coming one beside it: nobody has entered a
 * school for an autumn that is far off, so there is nothing to record yet (ENR-05; the day is ours).
 */
export const entryYearsAt = (at: Date, promotions: readonly Promotion[], place: LawPlace): EntryYears => {
  const on = shanghaiDate(at);
  const running = schoolYearOn(at, promotions);
  const comingFrom = `${running + 1}-${requireValue('newSchoolYearOpensOn', place, on)}`;
  return { running, coming: on >= comingFrom ? running + 1 : null, comingFrom };
};

/** The year that is meant where none is named: the running one; none while two are open. */
export const impliedEntryYear = ({ running, coming }: EntryYears): number | undefined =>
  coming === null ? running : undefined;

/** A registration follows the entry, so none is made for a school year that is not open yet (ENR-05). */
export const judgeEntryYear = (
  facts: EntryYears & { entryYear: number },
  on: IsoDate,
  place: LawPlace,
): Finding[] => {
  const { entryYear, running, coming, comingFrom } = facts;
  if (entryYear <= (coming ?? running)) return [];
  return findingIfInForce('ENR-05', {
    code: 'ENTRY_YEAR_TO_COME',
    outcome: 'REJECT',
    message: `学籍是入学的结果，目前不能为${entryYear}学年建籍。`,
    messageEn: `A registration follows the entry; none is made yet for the school year ${entryYear}.`,
    path: ['entryYear'],
    remedy: `请核对入学年份。${running + 1}学年的学籍自${comingFrom}起办理（开放日由本系统设定），不影响学生报名入学。`,
    ownerLevel: 'SCHOOL',
    on,
    place,
  });
};
