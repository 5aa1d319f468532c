import type { Envelope } from '#libs/contracts/envelope.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { type Inbox, startInbox } from '#libs/platform/events/inbox.ts';
import type { Logged } from '#libs/platform/events/log.ts';
import type { Projection } from '#libs/platform/events/projection.ts';
import { type Relay, startRelay } from '#libs/platform/events/relay.ts';
import { parkedOf, unpark } from '#libs/platform/events/unpark.ts';
import { silentLog } from '#libs/platform/log/log.ts';
import { type Bed, makeBed } from './support/bed.ts';
import { caughtUp, parkedCount, sequenced, timesApplied } from './support/checks.ts';
import { ledgerNamed, SOURCE } from './support/ledger.ts';
import { expectUndisturbed } from './support/undisturbed.ts';
import { change, changeMany, startLoad } from './support/writing.ts';

let bed: Bed;
let relay: Relay;
let inbox: Inbox;
let parked: number;
/** Aggregates whose events from this version on the handler cannot digest. */
let indigestible: Map<string, number>;

const ledger = ledgerNamed('ledger');
const delicate: Projection = {
  ...ledger,
  apply: async (tx, events) => {
    await ledger.apply(tx, events);
    for (const { subject, aggregateversion } of events) {
      if (aggregateversion === indigestible.get(subject)) throw new TypeError('not digestible');
    }
  },
};

beforeAll(async () => {
  bed = await makeBed('poison');
});
afterAll(() => bed.stop());

beforeEach(async () => {
  indigestible = new Map();
  parked = 0;
  relay = startRelay({ source: SOURCE, orm: bed.source, bus: bed.bus, log: silentLog });
  inbox = await startReader();
});
afterEach(async () => {
  await Promise.all([inbox.stop(), relay.stop()]);
  await bed.clear();
});

const startReader = async (projection = delicate): Promise<Inbox> =>
  startInbox({
    projection,
    source: SOURCE,
    orm: bed.reader,
    bus: await bed.connectBus(),
    log: silentLog,
    healAfter: 200,
    onApplied: (applied) => {
      parked += applied.parked;
    },
  });

const settle = () => caughtUp(bed, 'ledger', [relay, inbox]);

describe('an event that cannot be applied', () => {
  test('is parked with all that follows it in its aggregate, while other aggregates go on', async () => {
    indigestible.set('bad', 3);
    await changeMany(bed.source, ['bad', 'good', 'fine'], 30);
    await settle();
    await change(bed.source, ['bad', 'good']);
    await settle();
    expect(await timesApplied(bed, 'ledger')).toEqual({ 1: 2 + 10 + 10 + 1 });
    expect(parked).toBe(8 + 1);
    expect(await parkedOf(bed.reader, delicate)).toEqual([
      { source: SOURCE, aggregate: 'bad', events: 9, firstSeq: expect.any(Number), reason: 'TypeError' },
    ]);
  });

  test('takes effect in order when its handler is mended and it is unparked', async () => {
    indigestible.set('bad', 2).set('worse', 1);
    await changeMany(bed.source, ['bad', 'good', 'worse'], 60);
    await settle();
    indigestible.clear();
    expect(await unpark(bed.reader, delicate)).toBe(19 + 20);
    await change(bed.source, ['bad', 'worse', 'good']);
    await settle();
    await expectUndisturbed(bed, 'ledger');
  });

  test('that fails again stays with what follows it; what came before it takes effect', async () => {
    indigestible.set('bad', 2);
    await changeMany(bed.source, ['bad'], 10);
    await settle();
    indigestible.set('bad', 5);
    expect(await unpark(bed.reader, delicate)).toBe(3);
    expect(await parkedCount(bed, 'ledger')).toBe(6);
    expect(await timesApplied(bed, 'ledger')).toEqual({ 1: 4 });
    indigestible.clear();
    expect(await unpark(bed.reader, delicate)).toBe(6);
    await expectUndisturbed(bed, 'ledger');
  });

  test('is unparked while its aggregate goes on: nothing is lost between the two', async () => {
    indigestible.set('bad', 1);
    const load = startLoad(bed.source, ['bad']);
    await changeMany(bed.source, ['good'], 50);
    await settle();
    indigestible.clear();
    for (let round = 0; round < 20; round++) await unpark(bed.reader, delicate);
    await load.stop();
    await settle();
    await unpark(bed.reader, delicate);
    await expectUndisturbed(bed, 'ledger');
  });
});

describe('events that take too long', () => {
  /** Takes longer than it may when there are more events than this, or when one of them is slow by itself. */
  const slow = (most: number): Projection => ({
    ...ledger,
    apply: async (tx, events) => {
      await ledger.apply(tx, events);
      const tooLong = events.length > most || events.some(({ subject }) => indigestible.has(subject));
      if (!tooLong) return;
      await query(tx, 'set local statement_timeout = 5');
      await query(tx, 'select pg_sleep(1)');
    },
  });

  test('together are applied in smaller runs, and none is parked', async () => {
    await inbox.stop();
    await changeMany(bed.source, ['north', 'east'], 120);
    inbox = await startReader(slow(20));
    await settle();
    await expectUndisturbed(bed, 'ledger');
  });

  test('alone are tried again, and parked when they take too long every time', async () => {
    await inbox.stop();
    indigestible.set('slow', 1);
    await change(bed.source, ['slow', 'good']);
    inbox = await startReader(slow(20));
    await settle();
    expect(await parkedOf(bed.reader, delicate)).toMatchObject([{ aggregate: 'slow', events: 1 }]);
    expect(await timesApplied(bed, 'ledger')).toEqual({ 1: 1 });
  });
});

describe('an envelope that is none', () => {
  /** Writes into the source's log what no writer of ours would, in the place of event `seq`. */
  const spoil = (seq: number, event: unknown) =>
    asWorker(bed.source, (tx) =>
      execute(tx, 'update event_log set event = $2::jsonb where seq = $1', [seq, JSON.stringify(event)]),
    );

  test('is parked once, whatever it is instead, and keeps nobody waiting', async () => {
    const nonsense = [null, 'text', 7, [], {}, { subject: 4 }, { specversion: '0.3', subject: 'thing 6' }];
    await inbox.stop();
    await change(
      bed.source,
      nonsense.map((_, at) => `thing ${at}`),
    );
    await sequenced(bed, [relay]);
    for (const [at, event] of nonsense.entries()) await spoil(at + 1, event);
    inbox = await startReader();
    await change(bed.source, ['good']);
    await settle();
    expect(await timesApplied(bed, 'ledger')).toEqual({ 1: 1 });
    expect(await parkedCount(bed, 'ledger')).toBe(nonsense.length);
    expect(await unpark(bed.reader, delicate)).toBe(0);
    expect(await parkedCount(bed, 'ledger')).toBe(nonsense.length);
  });

  test('on the stream only is not believed: the log is read', async () => {
    const garbled = (seq: number): Logged => ({ seq, event: { source: SOURCE } as Envelope });
    const [counter] = await asWorker(bed.source, (tx) =>
      query<{ epoch: string }>(tx, 'select epoch from event_counter'),
    );
    await change(bed.source, ['south']);
    await settle();
    await bed.bus.publishEvents(SOURCE, counter?.epoch ?? '', [garbled(2), garbled(3), garbled(5)]);
    await change(bed.source, ['north', 'east']);
    await settle();
    await expectUndisturbed(bed, 'ledger');
  });
});
