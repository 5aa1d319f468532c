import type { Bus } from '#libs/platform/bus/bus.ts';
import { type Inbox, startInbox } from '#libs/platform/events/inbox.ts';
import { type Relay, relayState, startRelay } from '#libs/platform/events/relay.ts';
import { silentLog } from '#libs/platform/log/log.ts';
import { type Bed, makeBed } from './support/bed.ts';
import { allOf } from './support/bus.ts';
import { caughtUp, until } from './support/checks.ts';
import { ledgerNamed, SOURCE } from './support/ledger.ts';
import { type OwnNats, startOwnNats } from './support/own-nats.ts';
import { expectUndisturbed } from './support/undisturbed.ts';
import { change, startLoad } from './support/writing.ts';

const long = process.env.TEST_SIZE === 'long';
const rounds = long ? 50 : 2;
const things = ['north', 'east', 'south', 'west'];
let nats: OwnNats;
let bed: Bed;
let relay: Relay;
let inbox: Inbox;
/** Only what came over the stream. */
let arrived: Set<number>;
/** While true the consumer hears nothing from the stream, as if it had been deleted before it was read. */
let deaf: boolean;

beforeAll(async () => {
  nats = await startOwnNats();
  bed = await makeBed('stream', nats.address);
});
afterAll(async () => {
  await bed.stop();
  await nats.stop();
});

beforeEach(async () => {
  arrived = new Set();
  deaf = false;
  relay = startRelay({ source: SOURCE, orm: bed.source, bus: bed.bus, log: silentLog, announceEvery: 100 });
  inbox = await startInbox({
    projection: ledgerNamed('ledger'),
    source: SOURCE,
    orm: bed.reader,
    bus: noting(await bed.connectBus()),
    log: silentLog,
    healAfter: 300,
  });
});
afterEach(async () => {
  await Promise.all([inbox.stop(), relay.stop()]);
  await bed.clear();
});

const noting = (bus: Bus): Bus => ({
  ...allOf(bus),
  onEvents: (source, take, onResumed) =>
    bus.onEvents(
      source,
      (event) => {
        if (deaf) return;
        arrived.add(event.seq);
        take(event);
      },
      onResumed,
    ),
});

/** Writes until a new event comes over the stream: it flows, and nothing has to be healed any more. */
const flows = async (): Promise<void> => {
  const { head } = await relayState(bed.source);
  const isNew = () => [...arrived].some((seq) => seq > head.seq);
  await until('new events come over the stream', async () => {
    if (!isNew()) await change(bed.source, ['probe']);
    return isNew();
  });
  arrived.clear();
};

const undisturbed = async (): Promise<void> => {
  await caughtUp(bed, 'ledger', [relay]);
  await expectUndisturbed(bed, 'ledger');
};

describe('a stream', () => {
  test(`that is deleted under load ${rounds} times loses nothing and flows again`, async () => {
    await flows();
    const load = startLoad(bed.source, things);
    for (let round = 0; round < rounds; round++) {
      expect(await nats.deleteStreams()).toBe(1);
      await flows();
    }
    expect(await load.stop()).toBeGreaterThan(0);
    await undisturbed();
  });

  test(`that is deleted after the last event, with silence following, is made good ${rounds} times`, async () => {
    await flows();
    for (let round = 0; round < rounds; round++) {
      deaf = true;
      await change(bed.source, things);
      await until('published', async () => {
        const { head, published, waiting } = await relayState(bed.source);
        return !waiting && published === head.seq;
      });
      await nats.deleteStreams();
      await caughtUp(bed, 'ledger');
      deaf = false;
    }
    await undisturbed();
  });
});

describe('a nats-server', () => {
  test.each([{ keepStore: true }, { keepStore: false }])(
    'that is killed under load and comes back (%j) loses nothing and flows again',
    async (options) => {
      await flows();
      const load = startLoad(bed.source, things);
      await until('load', () => arrived.size > 20);
      await nats.kill();
      await change(bed.source, things);
      await nats.restart(options);
      await flows();
      await load.stop();
      await undisturbed();
    },
  );

  test('that is gone keeps nobody from stopping', async () => {
    await flows();
    const other = await bed.connectBus();
    await nats.kill();
    const began = performance.now();
    await Promise.all([inbox.stop(), relay.stop()]);
    await other.close();
    const took = performance.now() - began;
    await nats.restart({ keepStore: true });
    expect(took).toBeLessThan(4_000);
  });
});
