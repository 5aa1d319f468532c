import { type IsoDate, shanghaiDate } from '#libs/law/dates.ts';
import type { Finding, LawPlace } from '#libs/law/finding.ts';
import { judgeCountyCheck } from '#libs/law/organization/county-check.ts';
import { judgeDirectSchoolNotice } from '#libs/law/organization/direct-school-notice.ts';
import type { Term } from '#libs/law/organization/term-calendar.ts';
import type { ManagedBy } from '../tree/registry-authority.ts';
import { type DutyDone, lawTermOf, type Transfers } from './duty.ts';

/** A duty as the law asks after it. */
export type DutyFacts = {
  /** Who runs the school that tells; null for a county's check. */
  managedBy: ManagedBy | null;
  term: Term;
  done: Pick<
    DutyDone,
    'schoolYear' | 'term' | 'opensOn' | 'closesOn' | 'doneAt' | 'transferredIn' | 'transferredOut'
  > | null;
  onRecord: Transfers;
};

/**
 * What is on record of a duty once its term is over (ORG-05, ORG-12). What was done in time stays so when the calendar is
 * set anew, and is in time as well where only the new one makes it so.
 */
export const judgeDuty = (facts: DutyFacts, on: IsoDate, place: LawPlace): Finding[] => {
  const { term, done } = facts;
  const standing = judgeIn(term, facts, on, place);
  if (done === null || standing.length === 0) return standing;
  const { opensOn, closesOn } = done;
  const then = judgeIn({ ...lawTermOf(done), opensOn, closesOn }, facts, on, place);
  return then.length === 0 ? [] : standing;
};

const judgeIn = (
  term: Term,
  { managedBy, done, onRecord }: DutyFacts,
  on: IsoDate,
  place: LawPlace,
): Finding[] => {
  const doneOn = done && shanghaiDate(done.doneAt);
  if (managedBy === null) return judgeCountyCheck({ term, checkedOn: doneOn ? [doneOn] : [] }, on, place);
  const told = (done?.transferredIn ?? 0) + (done?.transferredOut ?? 0);
  const moved = Math.max(told, onRecord.transferredIn + onRecord.transferredOut);
  return judgeDirectSchoolNotice({ managedBy, term, moved, notifiedOn: doneOn }, on, place);
};
