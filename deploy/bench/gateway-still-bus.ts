import { randomUUID } from 'node:crypto';
import type { EventBus } from '#gateway/events/event-feeds.ts';
import type { Bus } from '#libs/platform/bus/bus.ts';

/** Services tell of themselves so often (milliseconds). */
const every = 1_000;

/** The bus of services to which nothing happens: they are there, and say that they know of all there is. */
export const stillBus = (services: readonly string[]): Pick<Bus, 'onSignal'> & EventBus => {
  const head = { seq: 0, epoch: 'still' };
  const places = services.map((source) => ({ source, ...head }));
  const process = randomUUID();
  return {
    onSignal: async (subject, take) => {
      if (!subject.startsWith('progress.')) return async () => undefined;
      const tell = (): void => take({ process, places });
      tell();
      const timer = setInterval(tell, every);
      return async () => clearInterval(timer);
    },
    onEvents: async (_, __, onResumed) => {
      onResumed?.();
      return async () => undefined;
    },
    onHead: async (_, take) => {
      take(head);
      return async () => undefined;
    },
    request: async () => ({ head, entries: [] }),
  };
};
