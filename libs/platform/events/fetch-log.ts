import { z } from 'zod';
import type { Envelope } from '#libs/contracts/envelope.ts';
import type { Bus } from '../bus/bus.ts';
import type { Logged, LogHead } from './log.ts';

const Page = z.object({
  head: z.object({ seq: z.int().min(0), epoch: z.string().min(1) }),
  entries: z.array(z.object({ seq: z.int().min(1), event: z.unknown() })),
});

/** A page of a source's log as another service gets it: contiguous from the number that was asked for. */
export type LogPage = { head: LogHead; entries: Logged[] };

const largestPage = 1_000;
const patience = 5_000;

/** Number behind the end of every log. */
const beyondAll = Number.MAX_SAFE_INTEGER;

/**
 * The entries after `after`, as far as they follow one another, and the head of the log, which was read after the
 * question was asked. What an entry holds is not checked here: that it cannot be read is for its consumer to find.
 */
export const fetchLog = async (
  bus: Pick<Bus, 'request'>,
  source: string,
  after: number,
): Promise<LogPage> => {
  const page = Page.parse(await bus.request(`log.${source}`, { after, limit: largestPage }, patience));
  const hole = page.entries.findIndex((entry, at) => entry.seq !== after + at + 1);
  const entries = hole === -1 ? page.entries : page.entries.slice(0, hole);
  return { head: page.head, entries: entries.map(({ seq, event }) => ({ seq, event: event as Envelope })) };
};

/** The end of a source's log, as the source itself says. */
export const fetchHead = async (bus: Pick<Bus, 'request'>, source: string): Promise<LogHead> =>
  (await fetchLog(bus, source, beyondAll)).head;
