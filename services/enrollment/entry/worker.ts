import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { type Loop, until } from '#libs/platform/service/loop.ts';
import { findAbsentAdmitted } from './worker/admitted.ts';
import { endDeferrals } from './worker/deferrals.ts';
import { findNoShows } from './worker/no-shows.ts';

/**
 * What follows by itself when somebody does not come: no-shows among those with a place and those admitted, and
 * deferrals that run out. By the business clock alone; rows are taken with SKIP LOCKED.
 */
export const startEntryWorker = (core: ServiceCore): Loop =>
  until({
    name: 'entry',
    log: core.log,
    idle: 1_000,
    step: async () => {
      const done = [await findNoShows(core), await findAbsentAdmitted(core), await endDeferrals(core)];
      const isMore = done.some((count) => count > 0);
      if (isMore) core.wakeRelay();
      return isMore;
    },
  });
