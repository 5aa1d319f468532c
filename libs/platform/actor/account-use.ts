import { accountUsed } from '#libs/contracts/commands/account-used.ts';
import type { Bus } from '../bus/bus.ts';
import type { Clock } from '../clock/clock.ts';
import { ask } from '../commands/internal.ts';

/** Tells organization that an account is in use. */
export type AccountUse = {
  note(registrar: string): void;
  /** Resolves when everything noted so far was told or given up. */
  told(): Promise<void>;
};

/**
 * Tells of each account once a day of business time, beside the request and not in its way. What could not be told is
 * told with the next request.
 */
export const createAccountUse = (bus: Bus, clock: Clock): AccountUse => {
  let day = '';
  let told = new Set<string>();
  const underWay = new Set<Promise<unknown>>();
  return {
    told: async () => {
      await Promise.all(underWay);
    },
    note: (registrar) => {
      const today = clock.today();
      if (day !== today) {
        day = today;
        told = new Set();
      }
      if (told.has(registrar)) return;
      const tellers = told.add(registrar);
      const telling: Promise<unknown> = ask(bus, accountUsed, { registrar, day: today })
        .catch(() => tellers.delete(registrar))
        .finally(() => underWay.delete(telling));
      underWay.add(telling);
    },
  };
};
