import type { Bus } from '#libs/platform/bus/bus.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { sqlStateOf } from '#libs/platform/errors/sql-state.ts';
import { type Inbox, startInbox } from '#libs/platform/events/inbox.ts';
import type { LogHead } from '#libs/platform/events/log.ts';
import { recordEvents, recorded } from '#libs/platform/events/outbox.ts';
import { relayState, startRelay } from '#libs/platform/events/relay.ts';
import { sequence } from '#libs/platform/events/sequence.ts';
import { silentLog } from '#libs/platform/log/log.ts';
import { asAdministrator } from './support/administrator.ts';
import { type Bed, makeBed } from './support/bed.ts';
import { caughtUp, faultsOfLog, sequenced, until } from './support/checks.ts';
import { ledgerNamed, SOURCE, ThingChanged } from './support/ledger.ts';
import { expectUndisturbed } from './support/undisturbed.ts';
import { runUntilItDies } from './support/worker.ts';
import { change, changeMany, changeWithin } from './support/writing.ts';

const things = ['north', 'east', 'south', 'west'];
let bed: Bed;
let inbox: Inbox;

beforeAll(async () => {
  bed = await makeBed('relay');
});
afterAll(() => bed.stop());

beforeEach(async () => {
  inbox = await startInbox({
    projection: ledgerNamed('ledger'),
    source: SOURCE,
    orm: bed.reader,
    bus: await bed.connectBus(),
    log: silentLog,
    healAfter: 200,
  });
});
afterEach(async () => {
  await inbox.stop();
  await bed.clear();
});

const startBedRelay = (bus: Bus = bed.bus) =>
  startRelay({ source: SOURCE, orm: bed.source, bus, log: silentLog, announceEvery: 50 });

describe('a relay', () => {
  test.each(['before publishing', 'before marking as published'] as const)(
    'that is killed %s loses and doubles nothing',
    async (dieAt) => {
      await changeMany(bed.source, things, 700);
      await runUntilItDies({ as: 'relay', address: bed.address, dieAt });
      expect((await relayState(bed.source)).published).toBe(0);
      const relay = startBedRelay();
      await caughtUp(bed, 'ledger', [relay, inbox]);
      await relay.stop();
      await expectUndisturbed(bed, 'ledger');
    },
  );

  test('that is killed in the middle of its transaction leaves it to the next one', async () => {
    await changeMany(bed.source, things, 300);
    const held = Promise.withResolvers<void>();
    const fence = asWorker(bed.source, async (tx) => {
      const [own] = await query<{ pid: number }>(
        tx,
        'select pg_backend_pid() as pid from event_counter for update',
      );
      await execute(tx, 'delete from outbox');
      held.resolve();
      await query(tx, 'select pg_terminate_backend($1)', [own?.pid]);
    }).catch(() => undefined);
    await held.promise;
    await fence;
    const relay = startBedRelay();
    await caughtUp(bed, 'ledger', [relay, inbox]);
    await relay.stop();
    await expectUndisturbed(bed, 'ledger');
  });

  test('runs twice at once without a gap or a double number', async () => {
    const relays = [startBedRelay(), startBedRelay(await bed.connectBus())];
    await Promise.all(
      Array.from({ length: 8 }, (_, writer) =>
        (async () => {
          for (let at = 0; at < 25; at++) {
            await change(bed.source, [`own ${writer}`, things[at % things.length] ?? '']);
            relays[at % 2]?.wake();
          }
        })(),
      ),
    );
    await caughtUp(bed, 'ledger', [...relays, inbox]);
    await Promise.all(relays.map((relay) => relay.stop()));
    await expectUndisturbed(bed, 'ledger');
  });

  test('that starts with a full outbox empties it', async () => {
    for (let at = 0; at < 3; at++) await changeMany(bed.source, [...things, `only ${at}`], 2_000);
    const relay = startBedRelay();
    await caughtUp(bed, 'ledger', [relay, inbox]);
    await relay.stop();
    await expectUndisturbed(bed, 'ledger');
  });

  test('is not held up by any number of rows that have to wait', async () => {
    await asWorker(bed.source, (tx) =>
      recordEvents(
        tx,
        '2026-08-31T08:00:00+08:00',
        Array.from({ length: 50 }, (_, at) => recorded(ThingChanged, `stuck ${at}`, 2, { amount: 1 })),
      ),
    );
    await change(bed.source, things);
    expect(await sequence(bed.source, 10)).toBe(4);
    expect(await sequence(bed.source, 10)).toBe(0);
    await asWorker(bed.source, (tx) =>
      recordEvents(
        tx,
        '2026-09-30T08:00:00+08:00',
        Array.from({ length: 50 }, (_, at) => recorded(ThingChanged, `stuck ${at}`, 1, { amount: 1 })),
      ),
    );
    for (let moved = -1; moved !== 0; ) moved = await sequence(bed.source, 10);
    const { head, waiting } = await relayState(bed.source);
    expect({ seq: head.seq, waiting }).toEqual({ seq: 104, waiting: false });
  });

  test('gives numbers and announces the head while the stream refuses everything', async () => {
    const heads: LogHead[] = [];
    const broken = {
      publishEvents: () => Promise.reject(new Error('no space left')),
      announceHead: (source, head) => {
        heads.push(head);
        bed.bus.announceHead(source, head);
      },
    } as Pick<Bus, 'publishEvents' | 'announceHead'> as Bus;
    const relay = startBedRelay(broken);
    for (const thing of things) await change(bed.source, [thing]);
    await caughtUp(bed, 'ledger', [relay]);
    await relay.stop();
    expect(heads.at(-1)?.seq).toBe(4);
    expect((await relayState(bed.source)).published).toBe(0);
    await expectUndisturbed(bed, 'ledger');
  });

  test('writes nothing while there is nothing to relay', async () => {
    const relay = startBedRelay();
    await change(bed.source, things);
    await caughtUp(bed, 'ledger', [relay, inbox]);
    await until('all published', async () => (await relayState(bed.source)).published === 4);
    const counter = () =>
      asWorker(bed.source, (tx) => query(tx, 'select xmax::text, ctid::text from event_counter'));
    const before = await counter();
    const heads: LogHead[] = [];
    const stop = await bed.bus.onHead(SOURCE, (head) => heads.push(head));
    await until('announced again and again', () => heads.length >= 3);
    expect(await counter()).toEqual(before);
    await stop();
    await relay.stop();
  });
});

describe('a second writer of a version', () => {
  const writeAgain = (): Promise<unknown> =>
    asWorker(bed.source, (tx) =>
      recordEvents(tx, '2026-09-01T09:00:00+08:00', [
        recorded(ThingChanged, 'east', 1, { amount: 1 }),
        recorded(ThingChanged, 'north', 1, { amount: 2 }),
      ]),
    ).then(
      () => 'written',
      (error: unknown) => sqlStateOf(error),
    );

  const leftIn = (table: 'outbox' | 'event_log') =>
    asWorker(bed.source, (tx) =>
      query(tx, `select aggregate_id as thing, version, event->'data'->'amount' as amount from ${table}`),
    );
  const first = [{ thing: 'north', version: 1, amount: 1 }];

  test('is refused while the first waits for its number, and what it did with it', async () => {
    await change(bed.source, ['north']);
    expect(await writeAgain()).toBe('23505');
    expect(await leftIn('outbox')).toEqual(first);
  });

  test('is refused when the first has its number, and does not wait for ever', async () => {
    await change(bed.source, ['north']);
    expect(await sequence(bed.source)).toBe(1);
    expect(await writeAgain()).toBe('23505');
    expect(await leftIn('outbox')).toEqual([]);
    expect(await leftIn('event_log')).toEqual(first);
    await change(bed.source, ['north', 'east']);
    expect(await sequence(bed.source)).toBe(2);
  });

  test('is refused when the first gets its number in that very moment', async () => {
    await change(bed.source, ['north']);
    const moved = Promise.withResolvers<void>();
    const commit = Promise.withResolvers<void>();
    const relay = asWorker(bed.source, async (tx) => {
      await query(
        tx,
        `with gone as (delete from outbox returning aggregate_id, version, type, event)
         insert into event_log select 1, aggregate_id, version, type, event from gone`,
      );
      await query(tx, 'update event_counter set seq = 1');
      moved.resolve();
      await commit.promise;
    });
    await moved.promise;
    const second = writeAgain();
    await until('the second waits for the relay', () =>
      asAdministrator(async (client) => {
        const { rowCount } = await client.query(
          `select 1 from pg_stat_activity where datname = $1 and wait_event_type = 'Lock'`,
          [bed.address.prefix],
        );
        return rowCount === 1;
      }),
    );
    commit.resolve();
    await relay;
    expect(await second).toBe('23505');
    expect(await leftIn('outbox')).toEqual([]);
    expect(await leftIn('event_log')).toEqual(first);
  });
});

describe('commits that become visible out of order', () => {
  /** A transaction that the test commits when it wants to. */
  const open = async (names: readonly string[]) => {
    const written = Promise.withResolvers<void>();
    const commit = Promise.withResolvers<void>();
    const done = asWorker(bed.source, async (tx) => {
      await changeWithin(tx, names);
      written.resolve();
      await commit.promise;
    });
    return {
      written: written.promise,
      commit: async () => {
        commit.resolve();
        await done;
      },
    };
  };

  test('of three writers, one of them waiting for the lock on an aggregate, keep every aggregate in order', async () => {
    const relay = startBedRelay();
    const first = await open(['mine', 'shared']);
    await first.written;
    const second = await open(['yours']);
    await second.written;
    const third = await open(['shared', 'theirs']);
    await second.commit();
    await change(bed.source, ['yours']);
    await sequenced(bed, [relay]);
    expect((await relayState(bed.source)).head.seq).toBe(2);
    await first.commit();
    await third.written;
    await change(bed.source, ['mine', 'yours']);
    await third.commit();
    await change(bed.source, ['shared']);
    await caughtUp(bed, 'ledger', [relay, inbox]);
    await relay.stop();
    await expectUndisturbed(bed, 'ledger');
    expect((await relayState(bed.source)).head.seq).toBe(9);
    expect(await faultsOfLog(bed)).toEqual([]);
  });
});
