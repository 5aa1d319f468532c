import { addDays, type IsoDate } from '../dates.ts';
import type { Finding, LawPlace } from '../finding.ts';
import { obstacleFindings } from './order.ts';

/** Days for which a place waits that a county has arranged (ours): as long as the system lets a case take (TRF-34). */
const KEPT_FOR_DAYS = 90;

/** The last day on which the arranged place is kept for the family, unless the school has started by then (TRF-09, TRF-10). */
export const arrangedPlaceKeptUntil = (arrangedOn: IsoDate): IsoDate => addDays(arrangedOn, KEPT_FOR_DAYS);

/** Who of the county has proposed a school, null while nobody has; and who wants to decide on it. */
export type ArrangementHands = { handledBy: string | null; decidedBy: string };

/**
 * An arrangement is a decision of the county within a transfer: its registrar handles it, and the head who decides it, in
 * place of the stamp, is another person (TRF-43, 003 X1§三.1 "in transfers and like business"; TRF-10). `place`: of the county.
 */
export const judgeArranging = (
  { handledBy, decidedBy }: ArrangementHands,
  on: IsoDate,
  place: LawPlace,
): Finding[] => {
  if (handledBy !== null && handledBy !== decidedBy) return [];
  return obstacleFindings(
    [handledBy === null ? 'NOT_HANDLED' : 'SAME_PERSON'],
    'TARGET_AUTHORITY',
    on,
    place,
  );
};
