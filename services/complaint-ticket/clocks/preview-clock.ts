import { Day } from '#libs/contracts/ids.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { calendarOf } from '../standing/places.ts';
import type { Clock } from './clock.ts';
import { dueFrom } from './due.ts';

/** A clock that has not begun, as it would be counted now. */
export const asPreview = (due: ReturnType<typeof dueFrom>): Clock => ({
  ...due,
  ...{ ticket: '', turn: 1, state: 'RUNNING', missedAt: null, endedAt: null },
});

/** Until when a slip would be due that is issued now, on the proposed day or on one that somebody has in mind. */
export const previewSlipClock = async (
  core: ServiceCore,
  actor: Actor | null,
  dueOn: string | undefined,
): Promise<Clock> => {
  authorize(actor, 'ticket.issue');
  const day = dueOn === undefined ? undefined : parseInput(Day, dueOn);
  return asPreview(dueFrom('SLIP', core.clock.now(), await calendarOf(core), day));
};
