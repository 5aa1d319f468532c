import { type EventFeed, type FeedOptions, startFeed } from './event-feed.ts';

/** What of the bus feeds need. */
export type EventBus = FeedOptions['bus'];

/** The feeds of one gateway: one for each source that somebody asked for, however many follow it. */
export type EventFeeds = {
  of(source: string): Promise<EventFeed>;
  stop(): Promise<void>;
};

export const createFeeds = (options: Omit<FeedOptions, 'source'>): EventFeeds => {
  const feeds = new Map<string, Promise<EventFeed>>();
  return {
    of: (source) => {
      const known = feeds.get(source);
      if (known) return known;
      const feed = startFeed({ ...options, source });
      feeds.set(source, feed);
      feed.catch(() => feeds.delete(source));
      return feed;
    },
    stop: async () => {
      const all = [...feeds.values()];
      feeds.clear();
      await Promise.all(all.map(async (feed) => (await feed).stop()));
    },
  };
};
