import { DropoutEntryStale } from '#libs/contracts/events/dropout.ts';
import { addDays, daysBetween } from '#libs/law/dates.ts';
import { judgeLedgerEntry, ledgerActionDue } from '#libs/law/enrollment/dropout-ledger.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { entriesWhere, tellOf, updateEntry } from '../entry-rows.ts';
import { lawPlaceOfEntry } from '../entry-situation.ts';

const batch = 100;

/** Whose last action is before this day is past its thirty days. */
const patience = (today: string): string => addDays(today, -daysBetween(today, ledgerActionDue(today)));

/** Puts on record what has seen no action for over thirty days (ENR-60): once, until somebody acts. */
export const recordStaleEntries = async (core: ServiceCore): Promise<number> => {
  const today = core.clock.today();
  return asWorker(core.worker, async (tx) => {
    const entries = await entriesWhere(
      tx,
      `ended_at is null and stale_on is null and last_action_on < $1::date
       order by last_action_on limit ${batch} for update skip locked`,
      [patience(today)],
    );
    let told = 0;
    for (const entry of entries) {
      const place = await lawPlaceOfEntry(core, entry);
      const facts = { stage: entry.stage, closed: false, lastActionOn: entry.lastActionOn, today };
      if (judgeLedgerEntry(facts, today, place).length === 0) continue;
      const stale = { ...entry, staleOn: today, version: entry.version + 1 };
      await updateEntry(tx, stale);
      await tellOf(tx, core.clock.now(), stale, DropoutEntryStale);
      told++;
    }
    return told;
  });
};
