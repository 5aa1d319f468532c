import { z } from 'zod';
import type { MikroORM } from '@mikro-orm/postgresql';
import type { Envelope } from '#libs/contracts/envelope.ts';
import type { Bus, Stop } from '../bus/bus.ts';
import { asWorker } from '../database/scope.ts';
import { headOf, type Logged, type LogHead, readLog } from './log.ts';

const Request = z.object({ after: z.int().min(0), limit: z.int().min(1).max(1000) });

/** A page of a source's log as another service gets it. */
export type LogPage = { head: LogHead; entries: Logged[] };

/** Bytes of one answer: the broker takes a megabyte. */
const largestAnswer = 700_000;

const fitting = (entries: Logged[]): Logged[] => {
  let size = 0;
  const count = entries.findIndex((entry) => {
    size += JSON.stringify(entry).length;
    return size > largestAnswer;
  });
  return count <= 0 ? entries.slice(0, count === 0 ? 1 : undefined) : entries.slice(0, count);
};

/** Lets other services read the log: how a lost stream is made good. */
export const serveLog = (source: string, orm: MikroORM, bus: Bus): Promise<Stop> =>
  bus.answer(`log.${source}`, async (payload) => {
    const { after, limit } = Request.parse(payload);
    const page: LogPage = {
      head: await asWorker(orm, headOf),
      entries: fitting(await readLog(orm, after, limit)),
    };
    return page;
  });

export const fetchLog = async (bus: Bus, source: string, after: number): Promise<LogPage> => {
  const page = (await bus.request(`log.${source}`, { after, limit: 500 }, 5_000)) as LogPage;
  return { head: page.head, entries: page.entries as { seq: number; event: Envelope }[] };
};
