import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { inTurn } from '#libs/platform/service/in-turn.ts';
import { type Loop, until } from '#libs/platform/service/loop.ts';
import { expireNext } from './expire.ts';
import { recountNext } from './recount.ts';
import { remindNext } from './remind.ts';

/** What follows from the business clock; work that fails holds up no other. */
export const startClockWorker = (core: ServiceCore): Loop =>
  until({
    name: 'ticket clocks',
    log: core.log,
    idle: 1_000,
    step: inTurn(core.log, {
      recount: () => recountNext(core),
      remind: () => remindNext(core),
      expire: () => expireNext(core),
    }),
  });
