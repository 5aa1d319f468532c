import { readEvent } from '#libs/contracts/envelope.ts';
import { RegistrarReplaced } from '#libs/contracts/events/registrar.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import type { Projection } from '#libs/platform/events/projection.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { AT_ONCE, passOn } from './pass-on.ts';

type Core = Pick<ServiceCore, 'sealing' | 'clock'>;

const line = { act: 'RELEASED', unit: null, by: null, inside: true } as const;

/** Gives back to the unit all that somebody worked on there. */
const release = async (core: Core, tx: Tx, unit: string, from: string): Promise<void> => {
  const passing = { unit, from, to: null, line, at: core.clock.now() };
  while ((await passOn(tx, core, passing)).length === AT_ONCE);
};

/**
 * The open tickets of somebody who has left the post are with the unit again, in the list of those that nobody works on: the
 * successor is trained and filed first, and no ticket waits for that (ACC-06).
 */
export const releasesTickets = (core: Core): Projection => ({
  name: 'ticket-hands',
  sources: ['organization'],
  types: [RegistrarReplaced.type],
  tables: [],
  apply: async (tx, events) => {
    for (const event of events) {
      const { workplace, subject } = readEvent(RegistrarReplaced, event);
      await release(core, tx, workplace, subject);
    }
  },
});
