import type { MikroORM } from '@mikro-orm/postgresql';
import { z } from 'zod';
import type { Bus, Stop } from '../bus/bus.ts';
import { sizeOf } from '../bus/wire.ts';
import type { LogPage } from './fetch-log.ts';
import { headOf, type Logged, readLog } from './log.ts';

const Request = z.object({ after: z.int().min(0), limit: z.int().min(1).max(1000) });

/** Bytes of one answer: the broker takes a megabyte. */
const largestAnswer = 700_000;

/** As many entries as go into one answer, at least one. */
const fitting = (entries: readonly Logged[]): Logged[] => {
  let size = 0;
  const tooMany = entries.findIndex((entry) => {
    size += sizeOf(entry);
    return size > largestAnswer;
  });
  return tooMany === -1 ? [...entries] : entries.slice(0, Math.max(1, tooMany));
};

/** Lets other services read the log: how a lost stream is made good. */
export const serveLog = (source: string, orm: MikroORM, bus: Bus): Promise<Stop> =>
  bus.answer(`log.${source}`, async (payload): Promise<LogPage> => {
    const { after, limit } = Request.parse(payload);
    return { head: await headOf(orm), entries: fitting(await readLog(orm, after, limit)) };
  });
