import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import type { Envelope } from '#libs/contracts/envelope.ts';
import { progressSignal } from '#libs/platform/events/progress.ts';
import { createLocalBus } from '#test/federation/support/local-bus.ts';
import type { Follower } from '../events/event-feed.ts';
import { followProgress } from '../events/progress.ts';
import { changedBy } from './changes.ts';
import { type Freshness, keepFresh, type PlainFeed } from './freshness.ts';
import { Store, type Ticket } from './store.ts';
import { tagsOf } from './tags.ts';

const noMeasures = { dropped: () => undefined, flushed: () => undefined, refused: () => undefined };
const epoch = 'log-1';
const first = randomUUID();
const second = randomUUID();

/** Feeds that hand out what the test gives them, at once. */
const handFeeds = () => {
  const feeds = new Map<string, { feed: PlainFeed; seq: number; known: boolean; followers: Set<Follower> }>();
  const of = (source: string) => {
    const known = feeds.get(source);
    if (known) return known;
    const followers = new Set<Follower>();
    const made = {
      ...{ seq: 0, known: true, followers },
      feed: {
        place: () => (made.known ? { seq: made.seq, epoch } : undefined),
        follow: (follower: Follower) => {
          followers.add(follower);
          return () => void followers.delete(follower);
        },
      },
    };
    feeds.set(source, made);
    return made;
  };
  return {
    feeds: { of: async (source: string) => of(source).feed },
    of,
    /** The next event of a source arrives. */
    arrives: (source: string, type = 'Changed', data = {}) => {
      const made = of(source);
      made.seq++;
      const event = { source, type, data } as unknown as Envelope;
      for (const follower of made.followers) follower.take([{ seq: made.seq, event }]);
    },
    /** Some events of a source were passed over. */
    passes: (source: string, events: number) => {
      const made = of(source);
      made.seq += events;
      for (const follower of made.followers) follower.lost();
    },
  };
};

const start = async (topics = Object.keys(changedBy)) => {
  const clock = { now: 1 };
  const bus = createLocalBus();
  const hand = handFeeds();
  const store = new Store({ maxBytes: 1_000_000, measures: noMeasures, now: () => clock.now });
  const progress = await followProgress(bus, ['organization', 'statistics'], () => clock.now);
  const told = { events: 0, lost: 0 };
  const freshness: Freshness = await keepFresh(topics, {
    ...{ store, feeds: hand.feeds, progress },
    onEvent: () => told.events++,
    onLost: () => told.lost++,
  });
  const tell = (service: string, process: string, places: Record<string, number>) =>
    bus.signal(progressSignal(service), {
      process,
      places: Object.entries(places).map(([source, seq]) => ({ source, epoch, seq })),
    });
  const keep = (topic: string, region?: string, ticket: Ticket = store.begin()): boolean =>
    store.write(topic, 'text', tagsOf([topic], region), ticket, 60_000);
  const isKept = (topic: string): boolean => store.read(topic) !== undefined;
  return { clock, hand, store, freshness, told, tell, keep, isKept };
};

describe('an event', () => {
  test('of the service itself, which has committed it, drops at once and holds nothing back', async () => {
    const { hand, tell, keep, isKept } = await start();
    tell('statistics', first, { enrollment: 0 });
    keep('statistics.timeliness');
    hand.arrives('statistics', 'MonthlyReportIssued');
    expect(isKept('statistics.timeliness')).toBe(false);
    expect(keep('statistics.timeliness')).toBe(true);
  });

  test('of another service keeps out what is made from it until every process has come so far', async () => {
    const { hand, tell, keep, isKept } = await start();
    tell('statistics', first, { enrollment: 0 });
    tell('statistics', second, { enrollment: 0 });
    keep('statistics.stock', '41');
    hand.arrives('enrollment', 'EnrollmentApproved', { province: '410000' });
    expect(isKept('statistics.stock')).toBe(false);
    expect(keep('statistics.stock', '41')).toBe(false);
    expect(keep('statistics.stock', '33')).toBe(true);
    tell('statistics', first, { enrollment: 1 });
    expect(keep('statistics.stock', '41')).toBe(false);
    tell('statistics', second, { enrollment: 1 });
    expect(keep('statistics.stock', '41')).toBe(true);
  });

  test('that a service has shown already is waited for by nobody', async () => {
    const { hand, tell, keep } = await start();
    tell('statistics', first, { enrollment: 1 });
    hand.arrives('enrollment');
    expect(keep('statistics.stock')).toBe(true);
  });

  test('does not wait for a process that has not told anything for long', async () => {
    const { clock, hand, tell, keep } = await start();
    tell('statistics', second, { enrollment: 0 });
    hand.arrives('enrollment');
    clock.now += 3_600;
    tell('statistics', first, { enrollment: 1 });
    expect(keep('statistics.stock')).toBe(true);
  });

  test('drops what was fetched before and comes after it', async () => {
    const { hand, store, tell, keep } = await start();
    tell('organization', first, { organization: 1 });
    const ticket = store.begin();
    hand.arrives('organization', 'SchoolSet');
    expect(keep('organization.directory', undefined, ticket)).toBe(false);
    expect(keep('organization.directory')).toBe(true);
  });
});

test('events that were passed over drop everything, and hold back what is made from them', async () => {
  const { hand, told, tell, keep, isKept } = await start();
  tell('organization', first, { organization: 0 });
  tell('statistics', first, { organization: 0, enrollment: 0 });
  keep('organization.directory');
  hand.passes('enrollment', 3);
  expect([isKept('organization.directory'), told.lost]).toEqual([false, 1]);
  expect([keep('organization.directory'), keep('statistics.stock')]).toEqual([true, false]);
  tell('statistics', first, { organization: 0, enrollment: 3 });
  expect(keep('statistics.stock')).toBe(true);
});

describe('topics are watched', () => {
  test('while their service tells of itself', async () => {
    const { clock, freshness, tell } = await start();
    expect(freshness.isWatched(['organization.directory'])).toBe(false);
    tell('organization', first, {});
    expect(freshness.isWatched(['organization.directory'])).toBe(true);
    expect(freshness.isWatched(['organization.directory', 'statistics.stock'])).toBe(false);
    clock.now += 3_501;
    expect(freshness.isWatched(['organization.directory'])).toBe(false);
  });

  test('once every source that changes them was reached', async () => {
    const { hand, freshness, tell } = await start();
    tell('statistics', first, {});
    hand.of('identity').known = false;
    expect(freshness.isWatched(['statistics.stock'])).toBe(false);
    expect(freshness.isWatched(['statistics.tickets'])).toBe(true);
    hand.of('identity').known = true;
    expect(freshness.isWatched(['statistics.stock'])).toBe(true);
  });
});

const act = fc.oneof(
  { weight: 3, arbitrary: fc.constant('event' as const) },
  { weight: 1, arbitrary: fc.constant('passed over' as const) },
  { weight: 4, arbitrary: fc.constantFrom('apply first' as const, 'apply second' as const) },
  { weight: 4, arbitrary: fc.constantFrom('tell first' as const, 'tell second' as const) },
  { weight: 5, arbitrary: fc.constantFrom('begin at first' as const, 'begin at second' as const) },
  { weight: 5, arbitrary: fc.constant('finish' as const) },
  { weight: 6, arbitrary: fc.constant('read' as const) },
);

test('in whichever order events, projections, progress and fetches come: what is read has every event that has arrived', async () => {
  let hits = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(act, { maxLength: 60, size: 'max' }), async (acts) => {
      const { hand, store, tell, freshness } = await start(['statistics.stock']);
      const applied = { first: 0, second: 0 };
      const underWay: { ticket: Ticket; saw: number }[] = [];
      tell('statistics', first, { enrollment: 0 });
      tell('statistics', second, { enrollment: 0 });
      const { followers } = hand.of('enrollment');
      expect(followers.size).toBe(1);
      for (const one of acts) {
        const arrived = hand.of('enrollment').seq;
        if (one === 'event') hand.arrives('enrollment');
        else if (one === 'passed over') hand.passes('enrollment', 2);
        else if (one === 'apply first') applied.first = arrived;
        else if (one === 'apply second') applied.second = arrived;
        else if (one === 'tell first') tell('statistics', first, { enrollment: applied.first });
        else if (one === 'tell second') tell('statistics', second, { enrollment: applied.second });
        else if (one === 'begin at first') underWay.push({ ticket: store.begin(), saw: applied.first });
        else if (one === 'begin at second') underWay.push({ ticket: store.begin(), saw: applied.second });
        else if (one === 'finish') {
          const fetch = underWay.shift();
          if (fetch)
            store.write('key', String(fetch.saw), tagsOf(['statistics.stock']), fetch.ticket, 60_000);
        } else {
          const kept = store.read('key');
          if (!kept || !freshness.isWatched(['statistics.stock'])) continue;
          hits++;
          expect(Number(kept.text)).toBe(arrived);
        }
      }
    }),
    { numRuns: 200 },
  );
  expect(hits).toBeGreaterThan(20);
});
