import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Board, Bus } from '#libs/platform/bus/bus.ts';
import type { Log } from '#libs/platform/log/log.ts';
import type { GatewayMetrics } from '../metrics.ts';
import type { RateCounts } from './rate-counts.ts';

/** Tells the other gateways what is counted here. */
export type Sharing = { tell(key: string, window: number, count: number): void; stop(): Promise<void> };

type Parts = {
  counts: RateCounts;
  bus: Pick<Bus, 'board'>;
  /** Milliseconds for which a count may matter. */
  keep: number;
  metrics: Pick<GatewayMetrics, 'rateShared'>;
  log: Log;
};

const Told = z.object({ window: z.int().min(0), count: z.int().min(0) });

/** Shares counts over a board, where there is one; while it is away every gateway counts by itself, which is told. */
export const shareCounts = ({ counts, bus, keep, metrics, log }: Parts): Sharing => {
  const own = randomBytes(6).toString('hex');
  let isStopped = false;
  const board: Board | undefined = bus.board?.('rates', {
    keep,
    take: (place, value) => {
      const [key = '', gateway = ''] = place.split('.');
      const told = Told.safeParse(value);
      if (told.success && gateway !== own) counts.hear(key, gateway, told.data.window, told.data.count);
    },
    shared: (isShared) => {
      metrics.rateShared.set(isShared ? 1 : 0);
      if (isShared) log.info('rates of callers are counted together with the other gateways');
      else if (!isStopped) log.warn('rates of callers are counted by this gateway alone');
    },
  });
  return {
    tell: (key, window, count) => board?.put(`${key}.${own}`, { window, count }),
    stop: async () => {
      isStopped = true;
      await board?.stop();
    },
  };
};
