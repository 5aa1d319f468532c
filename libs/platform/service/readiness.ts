import type { MikroORM } from '@mikro-orm/postgresql';
import type { Bus } from '../bus/bus.ts';
import type { Inbox } from '../events/inbox.ts';
import { headOf } from '../events/log.ts';
import type { Log } from '../log/log.ts';
import type { Need } from './definition.ts';

export type ReadinessParts = {
  worker: MikroORM;
  bus: Pick<Bus, 'isReachable'>;
  inboxes: readonly { consumer: string; source: string; inbox: Pick<Inbox, 'trouble'> }[];
  needs?: readonly Need[];
  log: Log;
};

const patience = 2_000;
const remembered = 1_000;

/** False where the work fails or is not done in time. */
const succeeds = async (work: Promise<unknown>): Promise<boolean> => {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => resolve(false), patience);
  try {
    return await Promise.race([
      work.then(
        () => true,
        () => false,
      ),
      promise,
    ]);
  } finally {
    clearTimeout(timer);
  }
};

/** Everything without which the service should get no requests, by name; empty when it is ready. */
export const whatIsMissing = async ({
  worker,
  bus,
  inboxes,
  needs = [],
}: ReadinessParts): Promise<string[]> => {
  const [database, broker, ...met] = await Promise.all([
    succeeds(headOf(worker)),
    bus.isReachable?.(patience) ?? true,
    ...needs.map(({ probe }) => succeeds(probe())),
  ]);
  return [
    ...(database ? [] : ['database']),
    ...(broker ? [] : ['nats']),
    ...needs.flatMap(({ name }, at) => (met[at] === true ? [] : [name])),
    ...inboxes.flatMap(({ consumer, source, inbox }) => {
      const trouble = inbox.trouble();
      return trouble === undefined ? [] : [`${trouble} ${consumer} < ${source}`];
    }),
  ];
};

/**
 * Tells whether a service is ready: its database and NATS answer, and what else it needs, and no inbox refuses the log of its source. Looks at
 * most once a second, however often it is asked.
 */
export const createReadiness = (parts: ReadinessParts): (() => Promise<boolean>) => {
  let known: { until: number; ready: Promise<boolean> } | undefined;
  const look = async (): Promise<boolean> => {
    const missing = await whatIsMissing(parts);
    if (missing.length > 0) parts.log.warn({ missing }, 'not ready');
    return missing.length === 0;
  };
  return () => {
    if (!known || known.until < performance.now())
      known = { until: performance.now() + remembered, ready: look() };
    return known.ready;
  };
};
