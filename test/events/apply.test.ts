import type { Envelope } from '#libs/contracts/envelope.ts';
import { query, queryOne } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { applyRun, applyWithin, type Run } from '#libs/platform/events/apply.ts';
import { checkpointOf, LogReplaced } from '#libs/platform/events/checkpoint.ts';
import type { Logged } from '#libs/platform/events/log.ts';
import { parkedOf } from '#libs/platform/events/unpark.ts';
import { silentLog } from '#libs/platform/log/log.ts';
import { type Bed, makeBed } from './support/bed.ts';
import { timesApplied, until } from './support/checks.ts';
import { naiveLedgerNamed, SOURCE, ThingChanged } from './support/ledger.ts';
import { sampleOf } from './support/sample.ts';

/**
 * What `applyRun` itself keeps, whatever it is handed: the ledger here takes everything, so that each fault would be
 * seen in it.
 */
const ledger = naiveLedgerNamed('ledger');
const epoch = '01900000-0000-7000-8000-000000000001';
const otherEpoch = '01900000-0000-7000-8000-000000000002';
let bed: Bed;

beforeAll(async () => {
  bed = await makeBed('apply');
});
afterEach(() => bed.clear());
afterAll(() => bed.stop());

type Entry = { seq: number; subject: string; version: number } & Partial<Pick<Envelope, 'type' | 'data'>>;

const entryOf = ({ seq, subject, version, ...more }: Entry): Logged => ({
  seq,
  event: { ...sampleOf(ThingChanged), data: { amount: 1 }, ...more, subject, aggregateversion: version },
});

/** Entries of one thing, numbered as its versions. */
const used = (first: number, last: number): Logged[] =>
  Array.from({ length: last - first + 1 }, (_, at) =>
    entryOf({ seq: first + at, subject: 'north', version: first + at }),
  );

const unused = (first: number, last: number): Logged[] =>
  used(first, last).map(({ seq, event }) => ({ seq, event: { ...event, type: 'SomethingElse' } }));

const work = (run: readonly Logged[], more: Partial<Run> = {}): Run => ({
  orm: bed.reader,
  projection: ledger,
  source: SOURCE,
  epoch,
  run,
  log: silentLog,
  ...more,
});

const checkpoint = () => checkpointOf(bed.reader, ledger.name, SOURCE);
const times = () => timesApplied(bed, ledger.name);

const kinds = [
  ['that the consumer uses', used],
  ['that mean nothing to it', unused],
] as const;

describe.each(kinds)('a run of events %s', (_, entries) => {
  test('that leaves a number out takes no effect and moves nothing', async () => {
    await applyRun(work(used(1, 2)));
    expect(await applyRun(work(entries(4, 6)))).toEqual({ position: 2, events: [], parked: 0 });
    expect(await checkpoint()).toEqual({ seq: 2, epoch });
    expect(await times()).toEqual({ 1: 2 });
  });

  test('of a log with another identity is refused and moves nothing', async () => {
    await applyRun(work(used(1, 2)));
    await expect(applyRun(work(entries(3, 4), { epoch: otherEpoch }))).rejects.toThrow(LogReplaced);
    expect(await checkpoint()).toEqual({ seq: 2, epoch });
    expect(await times()).toEqual({ 1: 2 });
  });

  test('that begins before the checkpoint moves it on from there', async () => {
    await applyRun(work(used(1, 2)));
    expect((await applyRun(work(entries(1, 4)))).position).toBe(4);
    expect(await checkpoint()).toEqual({ seq: 4, epoch });
    expect(await times()).toEqual({ 1: entries === used ? 4 : 2 });
  });
});

describe('a run that two processes have at once', () => {
  /** Applies the run twice, the second time while the first has written and not yet committed. */
  const applyTwice = async (run: readonly Logged[]) => {
    const written = Promise.withResolvers<void>();
    const commit = Promise.withResolvers<void>();
    const begun = Promise.withResolvers<number>();
    const first = asWorker(bed.reader, async (tx) => {
      const applied = await applyWithin(tx, work(run));
      written.resolve();
      await commit.promise;
      return applied;
    });
    await written.promise;
    const second = asWorker(bed.reader, async (tx) => {
      begun.resolve((await queryOne<{ pid: number }>(tx, 'select pg_backend_pid() as pid')).pid);
      return applyWithin(tx, work(run));
    });
    const pid = await begun.promise;
    await until('the second waits for the first', () =>
      asWorker(
        bed.reader,
        async (tx) =>
          (await query(tx, 'select 1 from pg_locks where pid = $1 and not granted', [pid])).length > 0,
      ),
    );
    commit.resolve();
    return Promise.all([first, second]);
  };

  test.each([
    ['that has begun', 2],
    ['that is new', 0],
  ])('takes effect once at a consumer %s', async (_, before) => {
    if (before > 0) await applyRun(work(used(1, before)));
    const [first, second] = await applyTwice(used(before + 1, before + 3));
    expect({ ...first, events: first.events.length }).toEqual({ position: before + 3, events: 3, parked: 0 });
    expect(second).toEqual({ position: before + 3, events: [], parked: 0 });
    expect(await times()).toEqual({ 1: before + 3 });
  });
});

describe('an event that cannot be applied', () => {
  const broken = entryOf({ seq: 2, subject: 'north', version: 2, data: { amount: 'many' } });
  const after = [
    entryOf({ seq: 3, subject: 'north', version: 3 }),
    entryOf({ seq: 4, subject: 'east', version: 1 }),
    entryOf({ seq: 5, subject: 'north', version: 4 }),
  ];

  test.each([
    ['in the same run', [[...used(1, 1), broken, ...after]]],
    ['in a later one', [[...used(1, 1), broken], after]],
  ])('holds back what follows it in its aggregate, %s, and nothing else', async (_, runs) => {
    for (const run of runs) await applyRun(work(run));
    expect(await checkpoint()).toEqual({ seq: 5, epoch });
    expect(await times()).toEqual({ 1: 2 });
    expect(await parkedOf(bed.reader, ledger)).toEqual([
      { source: SOURCE, aggregate: 'north', events: 3, firstSeq: 2, reason: expect.any(String) },
    ]);
  });
});
