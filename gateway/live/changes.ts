import type { Bus, Stop } from '#libs/platform/bus/bus.ts';
import type { Logged } from '#libs/platform/events/log.ts';
import type { EventFeed } from '../events/event-feed.ts';
import type { EventFeeds } from '../events/event-feeds.ts';
import { topicOf } from '../events/history.ts';
import type { LiveField } from './live-fields.ts';

/** Who wants to know of changes of one thing. None of its functions may throw. */
export type Watcher = {
  /** An event told of it. */
  event(): void;
  /** It may have changed without an event. */
  hint(): void;
  /** It is not known which events told of it. */
  lost(): void;
};

/** Changes of the kind of thing that one live field is about. */
export type Changes = {
  /** Where its events come from; undefined where only signals tell. */
  feed: EventFeed | undefined;
  watch(id: string, watcher: Watcher): () => void;
};

/** Watchers by what they watch. */
const createWatchers = () => {
  const all = new Map<string, Set<Watcher>>();
  return {
    add: (key: string, watcher: Watcher): (() => void) => {
      const known = all.get(key) ?? new Set();
      all.set(key, known.add(watcher));
      return () => {
        known.delete(watcher);
        if (known.size === 0 && all.get(key) === known) all.delete(key);
      };
    },
    of: (key: string): Iterable<Watcher> => all.get(key) ?? [],
    each: (call: (watcher: Watcher) => void): void => {
      for (const known of all.values()) for (const watcher of known) call(watcher);
    },
  };
};

type Watchers = ReturnType<typeof createWatchers>;

const followEvents = (feed: EventFeed, watchers: Watchers): Stop => {
  const stop = feed.follow({
    take: (entries: readonly Logged[]) => {
      for (const entry of entries) for (const watcher of watchers.of(topicOf(entry))) watcher.event();
    },
    lost: () => watchers.each((watcher) => watcher.lost()),
    interrupted: () => watchers.each((watcher) => watcher.hint()),
  });
  return async () => stop();
};

const subjectOf = (payload: unknown, about: string): string => {
  const value: unknown = (payload as Record<string, unknown> | null)?.[about];
  return typeof value === 'string' ? value : '';
};

/** One listener at the bus for each kind of change, handed on in memory: opened by the first who asks, kept for all. */
export const createChanges = (bus: Pick<Bus, 'onSignal'>, feeds: EventFeeds) => {
  const stops: Stop[] = [];
  const byEvents = new Map<EventFeed, Watchers>();
  const kinds = new Map<LiveField, Promise<Changes>>();

  const watchersOf = (feed: EventFeed): Watchers => {
    const known = byEvents.get(feed);
    if (known) return known;
    const watchers = createWatchers();
    byEvents.set(feed, watchers);
    stops.push(followEvents(feed, watchers));
    return watchers;
  };

  const open = async ({ events, signals }: LiveField): Promise<Changes> => {
    const hinted = createWatchers();
    stops.push(
      await bus.onSignal(signals.subject, (payload) => {
        for (const watcher of hinted.of(subjectOf(payload, signals.about))) watcher.hint();
      }),
    );
    if (!events) return { feed: undefined, watch: hinted.add };
    const feed = await feeds.of(events.source);
    await feed.ready();
    const told = watchersOf(feed);
    return {
      feed,
      watch: (id, watcher) => {
        const leave = [hinted.add(id, watcher), told.add(events.topic(id), watcher)];
        return () => {
          for (const each of leave) each();
        };
      },
    };
  };

  return {
    /** Waits, but not long, for the source to be reached. */
    of: (field: LiveField): Promise<Changes> => {
      const known = kinds.get(field);
      if (known) return known;
      const opened = open(field);
      kinds.set(field, opened);
      opened.catch(() => kinds.delete(field));
      return opened;
    },
    stop: async (): Promise<void> => {
      await Promise.all(stops.map((stop) => stop()));
    },
  };
};
