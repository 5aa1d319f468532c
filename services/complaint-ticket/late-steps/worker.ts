import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { inTurn } from '#libs/platform/service/in-turn.ts';
import { type Loop, until } from '#libs/platform/service/loop.ts';
import { noteDoneNext } from './note-done.ts';
import { openLateNext } from './open-late.ts';

/** The tickets of late steps: opened under the policy of the province, and told when the step is done. */
export const startLateSteps = (core: ServiceCore): Loop =>
  until({
    name: 'late steps',
    log: core.log,
    idle: 2_000,
    step: inTurn(core.log, { open: () => openLateNext(core), note: () => noteDoneNext(core) }),
  });
