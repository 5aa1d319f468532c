import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Bus, Stop } from '../bus/bus.ts';
import type { Inbox } from './inbox.ts';

/** How far one process of a service has followed the logs of its sources: all up to there has taken effect in it. */
export const Progress = z.object({
  process: z.uuid(),
  places: z.array(z.object({ source: z.string(), epoch: z.string(), seq: z.int().min(0) })),
});
export type Progress = z.infer<typeof Progress>;

/** The signal by which the processes of a service tell of their progress. */
export const progressSignal = (service: string): string => `progress.${service}`;

type Followed = { source: string; inbox: Pick<Inbox, 'position' | 'head'> };

/** The place of the hindmost consumer of each source; nothing of a source of which nothing was heard yet. */
const placesOf = (inboxes: readonly Followed[]): Progress['places'] =>
  [...Map.groupBy(inboxes, ({ source }) => source)].flatMap(([source, followed]) => {
    const epoch = followed[0]?.inbox.head()?.epoch;
    const heard = followed.every(({ inbox }) => inbox.head()?.epoch === epoch);
    const seq = Math.min(...followed.map(({ inbox }) => inbox.position()));
    return epoch === undefined || !heard ? [] : [{ source, epoch, seq }];
  });

export type ProgressTeller = {
  /** Begins to tell of these. */
  begin(inboxes: readonly Followed[]): void;
  /** Something has taken effect. */
  moved(): void;
  stop: Stop;
};

/** Tells on the bus how far this process is: when it has moved, and every so many milliseconds as a sign of life. */
export const tellProgress = (service: string, bus: Pick<Bus, 'signal'>, every = 1_000): ProgressTeller => {
  const process = randomUUID();
  let followed: readonly Followed[] | undefined;
  let isDue = false;
  const tell = (): void => {
    isDue = false;
    if (followed) bus.signal(progressSignal(service), { process, places: placesOf(followed) });
  };
  const timer = setInterval(tell, every).unref();
  return {
    begin: (inboxes) => {
      followed = inboxes;
      tell();
    },
    moved: () => {
      if (isDue) return;
      isDue = true;
      setImmediate(tell);
    },
    stop: async () => {
      followed = undefined;
      clearInterval(timer);
    },
  };
};
