import { query, queryOne } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { type Inbox, startInbox } from '#libs/platform/events/inbox.ts';
import type { Projection } from '#libs/platform/events/projection.ts';
import { NotAProjection, rebuild, replay } from '#libs/platform/events/rebuild.ts';
import { type Relay, relayState, startRelay } from '#libs/platform/events/relay.ts';
import { silentLog } from '#libs/platform/log/log.ts';
import { reset } from '#test/support/reset.ts';
import { type Bed, makeBed } from './support/bed.ts';
import { caughtUp, parkedCount, until } from './support/checks.ts';
import { ledgerNamed, SOURCE } from './support/ledger.ts';
import { expectUndisturbed } from './support/undisturbed.ts';
import { change, changeMany, startLoad } from './support/writing.ts';

const size = process.env.TEST_SIZE === 'long' ? 200_000 : 3_000;
const things = Array.from({ length: 200 }, (_, at) => `thing ${at}`);
const ledger = ledgerNamed('ledger');
let bed: Bed;
let relay: Relay;
let inbox: Inbox;

beforeAll(async () => {
  bed = await makeBed('rebuild');
});
afterAll(() => bed.stop());

beforeEach(async () => {
  relay = startRelay({ source: SOURCE, orm: bed.source, bus: bed.bus, log: silentLog, announceEvery: 100 });
  inbox = await startReader();
});
afterEach(async () => {
  await Promise.all([inbox.stop(), relay.stop()]);
  await bed.clear();
});

const startReader = async (): Promise<Inbox> =>
  startInbox({
    projection: ledger,
    source: SOURCE,
    orm: bed.reader,
    bus: await bed.connectBus(),
    log: silentLog,
    healAfter: 200,
  });

const settle = () => caughtUp(bed, 'ledger', [relay, inbox]);
const rebuildOf = (projection: Projection) =>
  rebuild({ worker: bed.reader, workerUrl: bed.address.reader, bus: bed.bus, projection, log: silentLog });

const spoilRows = () =>
  asWorker(bed.reader, (tx) =>
    query(tx, 'update ledger_total set total = total + 1 where aggregate < $1', ['thing 5']),
  );

const lines = async (): Promise<number> =>
  Number(
    (await asWorker(bed.reader, (tx) => queryOne<{ n: string }>(tx, 'select count(*) as n from ledger_line')))
      .n,
  );

describe('a rebuild', () => {
  test(`mends what is wrong while events flow, and no reader ever sees less than before (${size} events)`, async () => {
    for (let at = 0; at < size; at += 3_000) await changeMany(bed.source, things, 3_000);
    await settle();
    await spoilRows();
    const load = startLoad(bed.source, things.slice(0, 10));
    let rebuilding = true;
    let fewest = Number.POSITIVE_INFINITY;
    const watching = (async () => {
      while (rebuilding) fewest = Math.min(fewest, await lines());
    })();
    const rebuilt = await rebuildOf(ledger);
    rebuilding = false;
    await Promise.all([watching, load.stop()]);
    expect(rebuilt).toMatchObject({ different: ['ledger_total'], parked: 0 });
    expect(fewest).toBeGreaterThanOrEqual(size);
    await settle();
    await expectUndisturbed(bed, 'ledger');
  });

  test('leaves what came out the same untouched', async () => {
    await changeMany(bed.source, things, 1_000);
    await settle();
    const rows = () =>
      asWorker(bed.reader, (tx) => query(tx, 'select ctid::text from ledger_line order by 1'));
    const before = await rows();
    expect(await rebuildOf(ledger)).toMatchObject({ different: [], read: 1_000 });
    expect(await rows()).toEqual(before);
  });

  test('parks what cannot be applied, and applies what was parked without reason', async () => {
    await inbox.stop();
    await changeMany(bed.source, things, 400);
    const fussy: Projection = {
      ...ledger,
      apply: async (tx, events) => {
        if (events.some((event) => event.subject === 'thing 7')) throw new TypeError('fussy');
        await ledger.apply(tx, events);
      },
    };
    await until('in the log', async () => (await relayState(bed.source)).head.seq === 400);
    await replay(bed.reader, bed.bus, fussy, silentLog);
    expect(await parkedCount(bed, 'ledger')).toBe(2);
    expect(await rebuildOf(fussy)).toMatchObject({ parked: 2, different: [] });
    expect(await rebuildOf(ledger)).toMatchObject({ parked: 0, different: ['ledger_line', 'ledger_total'] });
    await expectUndisturbed(bed, 'ledger');
  });

  test('of what has not begun is left to the inbox', async () => {
    await inbox.stop();
    await changeMany(bed.source, things, 400);
    await until('in the log', async () => (await relayState(bed.source)).head.seq === 400);
    expect(await rebuildOf(ledger)).toMatchObject({ read: 0, different: [] });
    inbox = await startReader();
    await settle();
    await expectUndisturbed(bed, 'ledger');
  });

  test('is refused for a reaction, whose effects would come twice', async () => {
    const reaction: Projection = { ...ledger, tables: [] };
    await expect(rebuildOf(reaction)).rejects.toThrow(NotAProjection);
  });

  test('by emptying everything is filled again by the running inbox, without any new event', async () => {
    await changeMany(bed.source, things, 1_000);
    await settle();
    await reset(bed.reader, ledger);
    await caughtUp(bed, 'ledger');
    await expectUndisturbed(bed, 'ledger');
  });
});

describe('a log that was replaced by another one', () => {
  /** As a restored or newly made database: the log and all state are gone, and something else is written. */
  const replaceLog = async (events: number, sameEpoch = false): Promise<void> => {
    await asWorker(bed.source, async (tx) => {
      for (const table of ['event_log', 'outbox', 'thing']) await query(tx, `delete from ${table}`);
      await query(tx, `update event_counter set seq = 0${sameEpoch ? '' : ', epoch = gen_random_uuid()'}`);
      await query(tx, 'update event_published set seq = 0');
    });
    await changeMany(bed.source, ['new'], events);
    await until('numbered', async () => (await relayState(bed.source)).head.seq === events);
  };

  test.each([
    { name: 'longer', events: 40, sameEpoch: false },
    { name: 'shorter', events: 5, sameEpoch: false },
    { name: 'shorter and passes for the old one', events: 5, sameEpoch: true },
  ])('and is $name is refused, and a rebuild takes it up', async ({ events, sameEpoch }) => {
    await changeMany(bed.source, ['old'], 20);
    await settle();
    await replaceLog(events, sameEpoch);
    await until('LOG_REPLACED', () => inbox.trouble() === 'LOG_REPLACED');
    expect(await lines()).toBe(20);
    await change(bed.source, ['new']);
    expect(await lines()).toBe(20);
    await rebuildOf(ledger);
    await until('no trouble', () => inbox.trouble() === undefined);
    await change(bed.source, ['new']);
    await settle();
    await expectUndisturbed(bed, 'ledger');
  });
});
