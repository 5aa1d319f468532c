import { Gauge, type Registry } from 'prom-client';
import type { Bus, Stop } from '../bus/bus.ts';
import type { Inbox } from '../events/inbox.ts';
import { createHeadHistory, type HeadHistory } from './head-history.ts';

/** An inbox as it is counted. */
export type Watched = {
  consumer: string;
  source: string;
  inbox: Pick<Inbox, 'position' | 'head' | 'trouble'>;
};

type Labels = 'consumer' | 'source';

/** What is told of inboxes beside their gauges. */
export type LagWatch = {
  /** Seconds for which the oldest event that has not taken effect in a consumer has been announced. */
  waiting(one: { source: string; position: number }): number;
  stop: Stop;
};

/** How far every inbox is behind its source, in events and in seconds, and whether it refuses its source's log. */
export const watchLag = async (
  registry: Registry,
  bus: Pick<Bus, 'onHead'>,
  watched: readonly Watched[],
): Promise<LagWatch> => {
  const sources = new Set(watched.map(({ source }) => source));
  const histories = new Map<string, HeadHistory>();
  const stops: Stop[] = [];
  for (const source of sources) {
    const history = createHeadHistory(() => performance.now());
    histories.set(source, history);
    stops.push(await bus.onHead(source, (head) => history.heard(head.seq)));
  }
  const waiting: LagWatch['waiting'] = ({ source, position }) =>
    (histories.get(source)?.waitingFor(position) ?? 0) / 1_000;
  const gauge = (name: string, help: string, read: (one: Watched) => number) =>
    new Gauge<Labels>({
      name,
      help,
      labelNames: ['consumer', 'source'],
      registers: [registry],
      collect() {
        for (const one of watched) {
          this.set({ consumer: one.consumer, source: one.source }, read(one));
        }
      },
    });
  gauge('xueji_inbox_lag_events', 'Events of the source that have not taken effect', ({ inbox }) =>
    Math.max(0, (inbox.head()?.seq ?? 0) - inbox.position()),
  );
  gauge(
    'xueji_inbox_lag_seconds',
    'For how long the oldest of them has been announced',
    ({ source, inbox }) => waiting({ source, position: inbox.position() }),
  );
  gauge(
    'xueji_inbox_refused',
    '1 while the inbox refuses the log of its source: rebuild needed',
    ({ inbox }) => (inbox.trouble() === undefined ? 0 : 1),
  );
  return {
    waiting,
    stop: async () => {
      await Promise.all(stops.map((stop) => stop()));
    },
  };
};
