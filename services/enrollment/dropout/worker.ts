import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { type Loop, until } from '#libs/platform/service/loop.ts';
import { endWithCompulsoryYears } from './worker/age-out.ts';
import { informHouseholds } from './worker/households.ts';
import { followOverruns } from './worker/overruns.ts';
import { recordStaleEntries } from './worker/stale.ts';

/**
 * What the ledger does by itself, by the business clock: clues from suspensions that ran out, entries without action,
 * households at term end, compulsory years that are over. Rows are taken one transaction at a time with SKIP LOCKED,
 * so that several processes share the work.
 */
export const startDropoutWorker = (core: ServiceCore): Loop =>
  until({
    name: 'dropout ledger',
    log: core.log,
    idle: 1_000,
    step: async () => {
      const done = [
        await followOverruns(core),
        await endWithCompulsoryYears(core),
        await informHouseholds(core),
        await recordStaleEntries(core),
      ];
      const isMore = done.some((count) => count > 0);
      if (isMore) core.wakeRelay();
      return isMore;
    },
  });
