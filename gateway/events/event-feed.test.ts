import fc from 'fast-check';
import type { Logged, LogHead } from '#libs/platform/events/log.ts';
import { silentLog } from '#libs/platform/log/log.ts';
import { createLocalBus, type Delivery, type LocalBus } from '#test/federation/support/local-bus.ts';
import { type EventFeed, startFeed } from './event-feed.ts';

const source = 'transfer';

/** What a follower was given, and how often it was told that something was passed over. */
const recording = (feed: EventFeed) => {
  const seen = { seqs: [] as number[], lost: 0, interrupted: 0, changed: Promise.withResolvers<void>() };
  const changed = () => {
    seen.changed.resolve();
    seen.changed = Promise.withResolvers();
  };
  feed.follow({
    take: (entries: readonly Logged[]) => {
      seen.seqs.push(...entries.map(({ seq }) => seq));
      changed();
    },
    lost: () => {
      seen.lost++;
      changed();
    },
    interrupted: () => {
      seen.interrupted++;
    },
  });
  return seen;
};

const placeOf = async (feed: EventFeed): Promise<LogHead> => {
  const place = await feed.ready();
  if (!place) throw new Error('the source was not reached');
  return place;
};

/** Waits until the feed is where the log ends. */
const caughtUp = async (feed: EventFeed, bus: LocalBus, seen: ReturnType<typeof recording>) => {
  while (feed.place()?.seq !== bus.head(source).seq || feed.place()?.epoch !== bus.head(source).epoch) {
    bus.announce(source);
    await seen.changed.promise;
  }
};

const countSince = async (feed: EventFeed, topic: string, after: LogHead): Promise<number | undefined> => {
  await feed.reach(after);
  return feed.countSince(topic, after);
};

const started: EventFeed[] = [];
const start = async (bus: LocalBus, furthest?: number): Promise<EventFeed> => {
  const feed = await startFeed({
    ...{ source, bus, log: silentLog, healAfter: 0 },
    ...(furthest === undefined ? {} : { furthest }),
  });
  started.push(feed);
  return feed;
};
afterEach(() => Promise.all(started.splice(0).map((feed) => feed.stop())));

test('a feed begins at the end of the log and hands out what comes after', async () => {
  const bus = createLocalBus();
  for (let n = 0; n < 3; n++) bus.tell(source, 'a');
  const feed = await start(bus);
  expect(await placeOf(feed)).toEqual({ seq: 3, epoch: bus.head(source).epoch });
  const seen = recording(feed);
  bus.tell(source, 'b');
  await caughtUp(feed, bus, seen);
  expect(seen.seqs).toEqual([4]);
});

test('whatever the stream loses, doubles or turns around, each event is handed out once and in order', async () => {
  const delivery = fc.constantFrom<Delivery>('once', 'twice', 'late', 'never');
  const acts = fc.array(
    fc.oneof(
      { weight: 8, arbitrary: fc.record({ topic: fc.constantFrom('a', 'b'), delivery }) },
      { weight: 1, arbitrary: fc.constantFrom('late', 'interrupt', 'announce', 'turn') },
    ),
    { maxLength: 60 },
  );
  await fc.assert(
    fc.asyncProperty(acts, async (steps) => {
      const bus = createLocalBus();
      const feed = await start(bus);
      const from = await placeOf(feed);
      const seen = recording(feed);
      for (const step of steps) {
        if (step === 'late') bus.bringLate(source);
        else if (step === 'interrupt') bus.interrupt(source);
        else if (step === 'announce') bus.announce(source);
        else if (step === 'turn') await new Promise(setImmediate);
        else if (typeof step === 'object') bus.tell(source, step.topic, step.delivery);
      }
      bus.interrupt(source);
      await caughtUp(feed, bus, seen);
      const told = steps.flatMap((step) => (typeof step === 'object' ? [step.topic] : []));
      expect(seen.seqs).toEqual(told.map((_, at) => at + 1));
      expect(seen.lost).toBe(0);
      for (const topic of ['a', 'b'])
        expect(await countSince(feed, topic, from)).toBe(told.filter((each) => each === topic).length);
      await feed.stop();
    }),
    { numRuns: 60 },
  );
});

test('what the stream never brought is found by the announced end of the log', async () => {
  const bus = createLocalBus();
  const feed = await start(bus);
  await placeOf(feed);
  const seen = recording(feed);
  bus.tell(source, 'a', 'never');
  await caughtUp(feed, bus, seen);
  expect(seen.seqs).toEqual([1]);
});

test('events from before the start are counted from the log, by topic and from any place', async () => {
  const bus = createLocalBus();
  const topics = Array.from({ length: 2_500 }, (_, at) => (at % 7 === 0 ? 'a' : 'b'));
  for (const topic of topics) bus.tell(source, topic);
  const feed = await start(bus);
  const { epoch } = await placeOf(feed);
  for (const seq of [2_499, 1_200, 0, 2_500]) {
    const expected = topics.slice(seq).filter((topic) => topic === 'a').length;
    expect(await countSince(feed, 'a', { seq, epoch })).toBe(expected);
  }
});

test('many who come back at once share what is read of the log', async () => {
  const bus = createLocalBus();
  for (let n = 0; n < 3_000; n++) bus.tell(source, 'a');
  const feed = await start(bus);
  const { epoch } = await placeOf(feed);
  const request = bus.request;
  let asked = 0;
  bus.request = (...question) => {
    asked++;
    return request(...question);
  };
  const counts = await Promise.all(
    Array.from({ length: 500 }, () => countSince(feed, 'a', { seq: 100, epoch })),
  );
  expect(new Set(counts)).toEqual(new Set([2_900]));
  expect(asked).toBeLessThan(10);
});

test('a place of another log, of the future or too far back tells nothing', async () => {
  const bus = createLocalBus();
  for (let n = 0; n < 50; n++) bus.tell(source, 'a');
  const feed = await start(bus, 10);
  const { epoch, seq } = await placeOf(feed);
  expect(await countSince(feed, 'a', { seq: 45, epoch: 'another' })).toBeUndefined();
  expect(await countSince(feed, 'a', { seq: seq + 1, epoch })).toBeUndefined();
  expect(await countSince(feed, 'a', { seq: 39, epoch })).toBeUndefined();
  expect(await countSince(feed, 'a', { seq: 40, epoch })).toBe(10);
});

test('another log, and more than can be made good, are passed over and told', async () => {
  const bus = createLocalBus();
  const feed = await start(bus, 10);
  await placeOf(feed);
  const seen = recording(feed);
  for (let n = 0; n < 11; n++) bus.tell(source, 'a', 'never');
  await caughtUp(feed, bus, seen);
  expect([seen.lost, seen.seqs]).toEqual([1, []]);
  bus.replaceLog(source);
  bus.tell(source, 'b');
  await caughtUp(feed, bus, seen);
  expect([seen.lost, feed.place()]).toEqual([2, bus.head(source)]);
});

test('a source that is not there is waited for; who followed meanwhile is told that it has come', async () => {
  const bus = createLocalBus();
  bus.reach(source, false);
  const feed = await start(bus);
  const seen = recording(feed);
  expect(feed.place()).toBeUndefined();
  bus.reach(source, true);
  while (seen.lost === 0) await seen.changed.promise;
  expect(feed.place()).toEqual(bus.head(source));
});

test('an interruption is told once everything that was missed is handed out', async () => {
  const bus = createLocalBus();
  const feed = await start(bus);
  await placeOf(feed);
  const seen = recording(feed);
  bus.tell(source, 'a', 'never');
  bus.interrupt(source);
  while (seen.interrupted === 0) await new Promise(setImmediate);
  expect(seen.seqs).toEqual([1]);
});
