import type { MikroORM } from '@mikro-orm/postgresql';
import { z } from 'zod';
import type { Envelope } from '#libs/contracts/envelope.ts';
import type { Bus, Stop } from '../bus/bus.ts';
import { sizeOf } from '../bus/wire.ts';
import { headOf, type Logged, type LogHead, readLog } from './log.ts';

const Request = z.object({ after: z.int().min(0), limit: z.int().min(1).max(1000) });

const Page = z.object({
  head: z.object({ seq: z.int().min(0), epoch: z.string().min(1) }),
  entries: z.array(z.object({ seq: z.int().min(1), event: z.unknown() })),
});

/** A page of a source's log as another service gets it: contiguous from the number that was asked for. */
export type LogPage = { head: LogHead; entries: Logged[] };

/** Bytes of one answer: the broker takes a megabyte. */
const largestAnswer = 700_000;
const largestPage = 1_000;
const patience = 5_000;

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

/**
 * The entries after `after`, as far as they follow one another, and the head of the log, which was read after the
 * question was asked. What an entry holds is not checked here: that it cannot be read is for its consumer to find.
 */
export const fetchLog = async (bus: Bus, source: string, after: number): Promise<LogPage> => {
  const page = Page.parse(await bus.request(`log.${source}`, { after, limit: largestPage }, patience));
  const hole = page.entries.findIndex((entry, at) => entry.seq !== after + at + 1);
  const entries = hole === -1 ? page.entries : page.entries.slice(0, hole);
  return { head: page.head, entries: entries.map(({ seq, event }) => ({ seq, event: event as Envelope })) };
};
