import { randomUUID } from 'node:crypto';
import { connectNats } from '#libs/platform/bus/nats-bus.ts';
import type { Logged } from '#libs/platform/events/log.ts';
import { silentLog } from '#libs/platform/log/log.ts';

export type NatsAddress = { url: string; user?: string; password?: string };

/** The nats-server of this run of the tests. */
export const natsOfRun = (): NatsAddress => {
  const { TEST_NATS_URL: url = '', TEST_NATS_USER: user, TEST_NATS_PASSWORD: password } = process.env;
  return { url, ...(user ? { user } : {}), ...(password ? { password } : {}) };
};

/** Settings of a gateway at this server. */
export const natsSettings = ({ url, user, password }: NatsAddress, prefix: string) => ({
  NATS_URL: url,
  NATS_PREFIX: prefix,
  ...(user ? { NATS_USER: user } : {}),
  ...(password ? { NATS_PASSWORD: password } : {}),
});

/** A source of events at a real server: its log in memory, answered over NATS, and its stream. */
export const startNatsSource = async (source: string, address: NatsAddress, prefix: string) => {
  const bus = await connectNats({ ...address, prefix, name: 'test', log: silentLog });
  const log: Logged[] = [];
  const epoch = randomUUID();
  const head = () => ({ seq: log.length, epoch });
  await bus.answer(`log.${source}`, async (payload) => {
    const { after, limit } = payload as { after: number; limit: number };
    return { head: head(), entries: log.slice(after, after + limit) };
  });
  return {
    head,
    /** Records an event in the log, and puts it on the stream if that is there. */
    tell: async (subject: string): Promise<void> => {
      const event = {
        ...{ specversion: '1.0' as const, id: randomUUID(), source, type: 'Changed' },
        ...{ time: '2026-03-02T09:00:00+08:00', subject, dataschema: 'urn:xueji:event:Changed:1' },
        ...{ datacontenttype: 'application/json' as const, aggregateversion: 1, data: {} },
      };
      const entry = { seq: log.push({ seq: log.length + 1, event }), event };
      await bus.publishEvents(source, epoch, [entry]).catch(() => undefined);
      bus.announceHead(source, head());
    },
    stop: () => bus.close(),
  };
};
