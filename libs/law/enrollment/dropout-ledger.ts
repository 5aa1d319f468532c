import { addDays, type IsoDate } from '../dates.ts';
import { type Finding, findingIfInForce, type LawPlace } from '../finding.ts';
import type { Stage } from '../layers.ts';

/** An open entry without action for longer than this is stale (ours, W-15). */
const ACTION_WITHIN_DAYS = 30;

/** The last day on which the next action on an open ledger entry is in time. */
export const ledgerActionDue = (lastActionOn: IsoDate): IsoDate => addDays(lastActionOn, ACTION_WITHIN_DAYS);

/** County and school keep the ledger current: an open entry without action for over 30 days is on record (ENR-60). */
export const judgeLedgerEntry = (
  facts: {
    stage: Stage;
    /** Cleared up, back for good, or out of the compulsory years. */
    closed: boolean;
    /** The day of the last contact, visit or decision; at first the day the entry was opened. */
    lastActionOn: IsoDate;
    today: IsoDate;
  },
  on: IsoDate,
  place: LawPlace,
): Finding[] =>
  facts.closed || facts.today <= ledgerActionDue(facts.lastActionOn)
    ? []
    : findingIfInForce('ENR-60', {
        message: `控辍保学台账超过${ACTION_WITHIN_DAYS}天没有跟踪记录。`,
        messageEn: `The ledger entry has seen no action for over ${ACTION_WITHIN_DAYS} days.`,
        remedy: '请联系学生和监护人，登记劝返措施和下次跟踪日期。',
        ownerLevel: 'SCHOOL',
        on,
        place,
        stage: facts.stage,
      });
