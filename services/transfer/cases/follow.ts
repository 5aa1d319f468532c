import type { Envelope } from '#libs/contracts/envelope.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import type { Projection } from '#libs/platform/events/projection.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { tellChanged } from './live-signal.ts';

/** What cases do when another service tells something: `follow` gives the ids of those that changed. */
type Following = Pick<Projection, 'name' | 'sources' | 'types'> & {
  follow(tx: Tx, event: Envelope): Promise<readonly string[]>;
};

/** Follows events one by one; whoever looks at a case that changed is told once the change is committed. */
export const following = (
  core: Pick<ServiceCore, 'bus' | 'wakeRelay'>,
  { follow, ...read }: Following,
): Projection => {
  const changed = new Set<string>();
  return {
    ...read,
    tables: [],
    apply: async (tx, events) => {
      for (const event of events) for (const id of await follow(tx, event)) changed.add(id);
    },
    applied: () => {
      for (const id of changed) tellChanged(core, id);
      changed.clear();
    },
  };
};
