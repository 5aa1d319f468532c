import fc from 'fast-check';
import { query } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { startInbox } from '#libs/platform/events/inbox.ts';
import type { Projection } from '#libs/platform/events/projection.ts';
import { type Relay, relayState, startRelay } from '#libs/platform/events/relay.ts';
import { silentLog } from '#libs/platform/log/log.ts';
import { type Bed, makeBed } from './support/bed.ts';
import { caughtUp, faultsOfLog, timesApplied } from './support/checks.ts';
import { anySchedule, faultyBus, type Schedule } from './support/faulty-bus.ts';
import { ledgerNamed, naiveLedgerNamed, SOURCE } from './support/ledger.ts';
import { change, changeMany } from './support/writing.ts';

const seeds = process.env.TEST_SIZE === 'long' ? 5_000 : 50;
let bed: Bed;
let relay: Relay;
let serial = 0;

beforeAll(async () => {
  bed = await makeBed('faulty');
  relay = startRelay({ source: SOURCE, orm: bed.source, bus: bed.bus, log: silentLog, announceEvery: 50 });
});
afterAll(async () => {
  await relay.stop();
  await bed.stop();
});

/** A consumer that begins where the log ends now. */
const newConsumer = async (): Promise<string> => {
  const consumer = `ledger ${++serial}`;
  const { head } = await relayState(bed.source);
  await asWorker(bed.reader, (tx) =>
    query(tx, 'insert into inbox_checkpoint values ($1, $2, $3, $4)', [
      consumer,
      SOURCE,
      head.seq,
      head.epoch,
    ]),
  );
  return consumer;
};

type Work = { things: number; writes: readonly number[] };
const anyWork: fc.Arbitrary<Work> = fc.record({
  things: fc.integer({ min: 1, max: 4 }),
  writes: fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 5 }),
});

/** Several consumers of the same events, each with a bus that errs in its own way. */
const run = async (
  ledger: (consumer: string) => Projection,
  schedules: readonly Schedule[],
  { things, writes }: Work,
): Promise<void> => {
  const consumers = await Promise.all(
    schedules.map(async (schedule) => {
      const consumer = await newConsumer();
      const inbox = await startInbox({
        projection: ledger(consumer),
        source: SOURCE,
        orm: bed.reader,
        bus: faultyBus(bed.bus, schedule),
        log: silentLog,
        healAfter: 60,
      });
      return { consumer, inbox };
    }),
  );
  const names = Array.from({ length: things }, (_, at) => `thing ${at} of ${consumers[0]?.consumer}`);
  for (const size of writes) {
    await changeMany(bed.source, names, size);
    relay.wake();
    await change(bed.source, names.slice(0, 1));
  }
  const recorded = writes.reduce((sum, size) => sum + size + 1, 0);
  for (const { consumer, inbox } of consumers) {
    await caughtUp(bed, consumer, [relay, inbox]);
    await inbox.stop();
    expect(await timesApplied(bed, consumer)).toEqual({ 1: recorded });
  }
};

const atOnce = 5;

test.each([
  ['refuses what is not the next version', ledgerNamed],
  ['adds up whatever it is given', naiveLedgerNamed],
])(
  `${seeds} schedules of loss, doubling, delay and reordering end in the same state of a ledger that %s`,
  async (_, ledger) => {
    const schedules = fc.array(anySchedule, { minLength: atOnce, maxLength: atOnce });
    await fc.assert(
      fc.asyncProperty(schedules, anyWork, (faults, work) => run(ledger, faults, work)),
      { numRuns: seeds / atOnce, seed: 20260901, endOnFailure: true },
    );
    expect(await faultsOfLog(bed)).toEqual([]);
  },
  seeds * 2_000,
);
