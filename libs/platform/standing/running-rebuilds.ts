import { RebuildSign, type RunningRebuild, rebuildSignal } from '#libs/contracts/commands/standing.ts';
import type { Bus, Stop } from '../bus/bus.ts';

/** A rebuild that has told nothing for so many milliseconds runs no more: its process is gone. */
const silence = 10_000;

/** The rebuilds that run in any process of a service, as they tell of themselves. */
export type RunningRebuilds = { now(): RunningRebuild[]; stop: Stop };

/** @param now milliseconds on a clock that only goes forward */
export const followRebuilds = async (
  service: string,
  bus: Pick<Bus, 'onSignal'>,
  now = () => performance.now(),
): Promise<RunningRebuilds> => {
  const heard = new Map<string, { rebuild: RunningRebuild; at: number }>();
  const stop = await bus.onSignal(rebuildSignal(service), (payload) => {
    const sign = RebuildSign.safeParse(payload);
    if (!sign.success) return;
    const { ended, ...rebuild } = sign.data;
    if (ended) heard.delete(rebuild.job);
    else heard.set(rebuild.job, { rebuild, at: now() });
  });
  return {
    now: () => {
      for (const [job, { at }] of heard) if (now() - at > silence) heard.delete(job);
      return [...heard.values()].map(({ rebuild }) => rebuild);
    },
    stop,
  };
};
