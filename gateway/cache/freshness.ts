import type { Envelope } from '#libs/contracts/envelope.ts';
import type { Logged, LogHead } from '#libs/platform/events/log.ts';
import type { EventFeed, Follower } from '../events/event-feed.ts';
import type { ServiceProgress } from '../events/progress.ts';
import { holderOf } from './cacheable.ts';
import { changedBy, tagsChangedBy } from './changes.ts';
import type { Store } from './store.ts';

/** Keeps a store from holding what events have changed. */
export type Freshness = {
  /** False while changes of one of these topics could come without this gateway learning of them. */
  isWatched(topics: readonly string[]): boolean;
  stop(): void;
};

/** What of a feed this needs. */
export type PlainFeed = Pick<EventFeed, 'place' | 'follow'>;

type Parts = {
  store: Store;
  feeds: { of(source: string): Promise<PlainFeed> };
  progress: ServiceProgress;
  onEvent(event: Envelope): void;
  /** Events may have been missed, or come late. */
  onLost(): void;
};

/** Sources that change a topic. */
const sourcesOf = (topic: string): string[] => (changedBy[topic] ?? []).map(({ source }) => source);

/**
 * Drops by the events of all services. A service that makes what it shows from another's events is behind them: what an event
 * changes there is held back until every process of that service says that it has come so far.
 */
export const keepFresh = async (
  topics: readonly string[],
  { store, feeds, progress, onEvent, onLost }: Parts,
): Promise<Freshness> => {
  const sources = [...new Set(topics.flatMap(sourcesOf))];
  const followed = new Map<string, PlainFeed>();
  /** Held tags by what they wait for: source -> the place that their service has to reach. */
  const awaited = new Map<string, Map<string, LogHead>>();

  const holdUntil = (tag: string, source: string, place: LogHead): void => {
    const places = awaited.get(tag) ?? new Map<string, LogHead>();
    awaited.set(tag, places.set(source, place));
    store.hold(tag);
  };

  const change = (tag: string, source: string, place: LogHead): void => {
    const holder = holderOf(tag);
    if (holder === source && !progress.follows(holder, source)) store.drop(tag);
    else if (progress.hasReached(holder, source, place)) store.drop(tag);
    else holdUntil(tag, source, place);
  };

  const settle = (service: string): void => {
    for (const [tag, places] of awaited) {
      if (holderOf(tag) !== service) continue;
      for (const [source, place] of places) {
        if (progress.hasReached(service, source, place)) places.delete(source);
      }
      if (places.size > 0) continue;
      awaited.delete(tag);
      store.release(tag);
    }
  };

  const lose = (): void => {
    store.flush();
    onLost();
  };

  const followerOf = (source: string, feed: () => PlainFeed | undefined): Follower => ({
    take: (entries: readonly Logged[]) => {
      const epoch = feed()?.place()?.epoch ?? '';
      for (const { seq, event } of entries) {
        onEvent(event);
        for (const tag of tagsChangedBy(event)) change(tag, source, { seq, epoch });
      }
    },
    lost: () => {
      lose();
      const place = feed()?.place();
      if (!place) return;
      for (const topic of topics) if (sourcesOf(topic).includes(source)) change(topic, source, place);
    },
    interrupted: lose,
  });

  const leave = await Promise.all(
    sources.map(async (source) => {
      const feed = await feeds.of(source);
      followed.set(source, feed);
      return feed.follow(followerOf(source, () => feed));
    }),
  );
  progress.onTold(settle);
  return {
    isWatched: (asked) =>
      asked.every(
        (topic) =>
          progress.isHeard(holderOf(topic)) &&
          sourcesOf(topic).every((source) => followed.get(source)?.place() !== undefined),
      ),
    stop: () => {
      for (const each of leave) each();
    },
  };
};
