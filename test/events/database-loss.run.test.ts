import { query } from '#libs/platform/database/query.ts';
import { asWorker, CommitUnknown } from '#libs/platform/database/scope.ts';
import { type Inbox, startInbox } from '#libs/platform/events/inbox.ts';
import { type Relay, startRelay } from '#libs/platform/events/relay.ts';
import { silentLog } from '#libs/platform/log/log.ts';
import { asAdministrator } from './support/administrator.ts';
import { type Bed, makeBed } from './support/bed.ts';
import { caughtUp, until } from './support/checks.ts';
import { ledgerNamed, READER, SOURCE } from './support/ledger.ts';
import { expectUndisturbed } from './support/undisturbed.ts';
import { change, changeWithin, startLoad } from './support/writing.ts';

const rounds = process.env.TEST_SIZE === 'long' ? 200 : 12;
const things = ['north', 'east', 'south', 'west'];
let bed: Bed;
let relay: Relay;
let inbox: Inbox;

beforeAll(async () => {
  bed = await makeBed('database');
});
afterAll(() => bed.stop());

beforeEach(async () => {
  relay = startRelay({ source: SOURCE, orm: bed.source, bus: bed.bus, log: silentLog });
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
  await Promise.all([inbox.stop(), relay.stop()]);
  await bed.clear();
});

/** Ends every connection of a service to the database of the bed, whatever it is doing. */
const endConnections = (service: string): Promise<number> =>
  asAdministrator(async (client) => {
    const { rowCount } = await client.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = $1 and usename = $2`,
      [bed.address.prefix, `xueji_${service}_worker`],
    );
    return rowCount ?? 0;
  });

describe('connections to the database', () => {
  test.each([SOURCE, READER])(
    `of %s that are ended under load ${rounds} times, more often than the pool has places, cost no event`,
    async (service) => {
      const load = startLoad(bed.source, things);
      for (let round = 0; round < rounds; round++) {
        const before = inbox.position();
        await until('ended', async () => (await endConnections(service)) > 0);
        await until('goes on', () => inbox.position() > before);
      }
      await load.stop();
      await caughtUp(bed, 'ledger', [relay, inbox]);
      await expectUndisturbed(bed, 'ledger');
    },
  );

  test('that are ended within a transaction make it run again, and it takes effect once', async () => {
    let runs = 0;
    await asWorker(bed.source, async (tx) => {
      runs++;
      await changeWithin(tx, things);
      if (runs > 2) return;
      const [own] = await query<{ pid: number }>(tx, 'select pg_backend_pid() as pid');
      await asAdministrator((client) => client.query('select pg_terminate_backend($1)', [own?.pid]));
      await query(tx, 'select 1');
    });
    await caughtUp(bed, 'ledger', [relay, inbox]);
    await until('known to have been caught up', () => inbox.position() >= things.length);
    expect({ runs, position: inbox.position() }).toEqual({ runs: 3, position: things.length });
  });

  test('that are ended while the transaction commits leave its outcome open, and it is not run again', async () => {
    let runs = 0;
    const lost = asWorker(bed.source, async (tx) => {
      runs++;
      await changeWithin(tx, things);
      const [own] = await query<{ pid: number }>(tx, 'select pg_backend_pid() as pid');
      await asAdministrator((client) => client.query('select pg_terminate_backend($1)', [own?.pid]));
    });
    await expect(lost).rejects.toThrow(CommitUnknown);
    expect(runs).toBe(1);
    await change(bed.source, things);
    await caughtUp(bed, 'ledger', [relay, inbox]);
    await expectUndisturbed(bed, 'ledger');
  });
});
