import { type Inbox, startInbox } from '#libs/platform/events/inbox.ts';
import { type Relay, startRelay } from '#libs/platform/events/relay.ts';
import { silentLog } from '#libs/platform/log/log.ts';
import { type Bed, makeBed } from './support/bed.ts';
import { caughtUp } from './support/checks.ts';
import { ledgerNamed, SOURCE } from './support/ledger.ts';
import { expectUndisturbed } from './support/undisturbed.ts';
import { runUntilItDies } from './support/worker.ts';
import { changeMany, startLoad } from './support/writing.ts';

const things = ['north', 'east', 'south', 'west'];
let bed: Bed;
let relay: Relay;

beforeAll(async () => {
  bed = await makeBed('consumer');
});
afterAll(() => bed.stop());

beforeEach(async () => {
  relay = startRelay({ source: SOURCE, orm: bed.source, bus: bed.bus, log: silentLog });
});
afterEach(async () => {
  await relay.stop();
  await bed.clear();
});

const startReader = async (
  consumer: string,
  passed: (seq: number) => void = () => undefined,
): Promise<Inbox> =>
  startInbox({
    projection: ledgerNamed(consumer),
    source: SOURCE,
    orm: bed.reader,
    bus: await bed.connectBus(),
    log: silentLog,
    healAfter: 200,
    onPassed: (entries) => {
      for (const { seq } of entries) passed(seq);
    },
  });

describe('a consumer', () => {
  test.each(['before the commit', 'after the commit'] as const)(
    'that is killed %s of a batch goes on as if it had not been',
    async (dieAt) => {
      await changeMany(bed.source, things, 1_200);
      await runUntilItDies({ as: 'inbox', address: bed.address, consumer: 'ledger', dieAt, batch: 2 });
      await changeMany(bed.source, things, 300);
      const inbox = await startReader('ledger');
      await caughtUp(bed, 'ledger', [relay, inbox]);
      await inbox.stop();
      await expectUndisturbed(bed, 'ledger');
    },
  );

  test('that runs in two processes at once applies each event once, and each is passed on by one of them', async () => {
    const heard = new Set<number>();
    const inboxes = await Promise.all([1, 2].map(() => startReader('ledger', (seq) => heard.add(seq))));
    const load = startLoad(bed.source, things);
    await changeMany(bed.source, ['other'], 2_000);
    const written = await load.stop();
    await caughtUp(bed, 'ledger', [relay, ...inboxes]);
    await Promise.all(inboxes.map((inbox) => inbox.stop()));
    await expectUndisturbed(bed, 'ledger');
    expect(heard.size).toBe(2_000 + written);
  });
});
