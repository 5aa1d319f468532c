import { createHash } from 'node:crypto';
import type { MikroORM } from '@mikro-orm/postgresql';
import type { Bus } from '#libs/platform/bus/bus.ts';
import { connectNats } from '#libs/platform/bus/nats-bus.ts';
import { migrate } from '#libs/platform/database/migrate.ts';
import { connectDatabase } from '#libs/platform/database/orm.ts';
import { databaseOf, provision, rolesOf } from '#libs/platform/database/provision.ts';
import { query } from '#libs/platform/database/query.ts';
import { recordingStep } from '#libs/platform/database/recording.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { platformTables } from '#libs/platform/database/tables.ts';
import { serveLog } from '#libs/platform/events/log-access.ts';
import { silentLog } from '#libs/platform/log/log.ts';
import { dropDatabase, makeDatabase, ownName, testServers } from '#test/support/database.ts';
import { testDatabasePrefix } from '#test/support/servers.ts';
import { asAdministrator } from './administrator.ts';
import { READER, readerTables, SOURCE, sourceTables } from './ledger.ts';
import { stopLoads } from './writing.ts';

const SECRET = 'passwords of ledgers';

/** Addresses with which another process joins a bed. */
export type BedAddress = { source: string; reader: string; nats: NatsAddress; prefix: string };
export type NatsAddress = { url: string; user?: string; password?: string };

/**
 * A source's and a reader's database and a bus on which the source's log can be read; without relay and inbox, which
 * tests start as they need them.
 */
export type Bed = {
  address: BedAddress;
  /** The source's database and the reader's, as their workers. */
  source: MikroORM;
  reader: MikroORM;
  bus: Bus;
  connectBus(): Promise<Bus>;
  /** Forgets everything, as if newly made: the next test begins with a new log. Closes what `connectBus` opened. */
  clear(): Promise<void>;
  stop(): Promise<void>;
};

const tablesOf = [
  [SOURCE, sourceTables],
  [READER, readerTables],
] as const;

/** The statements of a service of a bed. */
const statementsOf = (service: string, tables: readonly string[]): string[] => [
  ...platformTables(rolesOf(service)),
  ...recordingStep.statements(rolesOf(service)),
  ...tables,
];

const planOf = (database: string) => ({
  adminUrl: testServers().adminUrl,
  database,
  services: [SOURCE, READER],
  secret: SECRET,
});

const makeTemplate = async (database: string): Promise<void> => {
  const databases = await provision(planOf(database));
  for (const [service, tables] of tablesOf) {
    const owner = databases.get(service)?.owner ?? '';
    const statements = () => statementsOf(service, tables);
    await migrate(owner, rolesOf(service), [{ name: '001-ledger', statements }]);
  }
};

/** A database that all beds are copied from, made by the first of them; its name tells its contents. */
const template = (): Promise<string> =>
  asAdministrator(async (client) => {
    const contents = tablesOf.flatMap(([service, tables]) => statementsOf(service, tables)).join();
    const name = `${testDatabasePrefix}ledger_${createHash('sha256').update(contents).digest('hex').slice(0, 8)}`;
    await client.query(`select pg_advisory_lock(hashtext('start of a test network'))`);
    const made = `${name}_made`;
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [made]);
    if (rowCount === 0) {
      await client.query(`drop database if exists "${name}"`);
      await makeTemplate(name);
      await client.query(`alter database "${name}" rename to "${made}"`);
    }
    return made;
  });

const connect = (url: string): Promise<MikroORM> => connectDatabase({ url, entities: [], poolSize: 6 });

/** @param nats a server of the test's own; else that of the run */
export const makeBed = async (suite: string, nats: NatsAddress = testServers().nats): Promise<Bed> => {
  const name = ownName(suite);
  await makeDatabase(name, await template());
  const address: BedAddress = {
    source: databaseOf(planOf(name), SOURCE).worker,
    reader: databaseOf(planOf(name), READER).worker,
    nats,
    prefix: name,
  };
  const [source, reader] = await Promise.all([connect(address.source), connect(address.reader)]);
  const buses: Bus[] = [];
  const connectBus = async () => {
    const bus = await connectNats({ ...nats, name: suite, prefix: name, log: silentLog });
    buses.push(bus);
    return bus;
  };
  const bus = await connectBus();
  await serveLog(SOURCE, source, bus);
  const closeBuses = async () => {
    await Promise.all(buses.splice(1).map((each) => each.close()));
  };
  return {
    address,
    source,
    reader,
    bus,
    connectBus,
    clear: async () => {
      await stopLoads();
      await closeBuses();
      await Promise.all([empty(source, sourceState), empty(reader, readerState)]);
    },
    stop: async () => {
      await closeBuses();
      await bus.close();
      await Promise.all([source.close(true), reader.close(true)]);
      await dropDatabase(name);
    },
  };
};

const sourceState = [
  'delete from outbox',
  'delete from event_log',
  'delete from thing',
  'update event_counter set seq = 0, epoch = gen_random_uuid()',
  'update event_published set seq = 0',
];
const readerState = ['inbox_checkpoint', 'inbox_parked', 'ledger_line', 'ledger_total'].map(
  (table) => `delete from ${table}`,
);

const empty = (orm: MikroORM, statements: readonly string[]): Promise<void> =>
  asWorker(orm, async (tx) => {
    for (const statement of statements) await query(tx, statement);
  });
