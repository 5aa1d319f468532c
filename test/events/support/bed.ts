import type { MikroORM } from '@mikro-orm/postgresql';
import pg from 'pg';
import type { Bus } from '#libs/platform/bus/bus.ts';
import { connectNats } from '#libs/platform/bus/nats-bus.ts';
import { migrate } from '#libs/platform/database/migrate.ts';
import { connectDatabase } from '#libs/platform/database/orm.ts';
import { provision, rolesOf, type ServiceDatabase } from '#libs/platform/database/provision.ts';
import { platformTables } from '#libs/platform/database/tables.ts';
import { silentLog } from '#libs/platform/log/log.ts';
import { dropDatabase, ownName, testServers } from '#test/support/database.ts';
import { READER, readerTables, SOURCE, sourceTables } from './ledger.ts';

const SECRET = 'passwords of ledgers';

/** Addresses with which another process joins a bed. */
export type BedAddress = { source: string; reader: string; nats: NatsAddress; prefix: string };
export type NatsAddress = { url: string; user?: string; password?: string };

/** A source's and a reader's database and a bus, without relay and inbox: tests start those as they need them. */
export type Bed = {
  address: BedAddress;
  /** The source's database and the reader's, as their workers. */
  source: MikroORM;
  reader: MikroORM;
  bus: Bus;
  connectBus(): Promise<Bus>;
  stop(): Promise<void>;
};

const prepare = async (name: string): Promise<Map<string, ServiceDatabase>> => {
  const client = new pg.Client({ connectionString: testServers().adminUrl });
  await client.connect();
  try {
    await client.query(`select pg_advisory_lock(hashtext('start of a test network'))`);
    const databases = await provision({
      adminUrl: testServers().adminUrl,
      database: name,
      services: [SOURCE, READER],
      secret: SECRET,
    });
    for (const [service, tables] of [
      [SOURCE, sourceTables],
      [READER, readerTables],
    ] as const) {
      const statements = (roles: ReturnType<typeof rolesOf>) => [...platformTables(roles), ...tables];
      const owner = databases.get(service)?.owner ?? '';
      await migrate(owner, rolesOf(service), [{ name: '001-ledger', statements }]);
    }
    return databases;
  } finally {
    await client.end();
  }
};

const connect = (url: string): Promise<MikroORM> => connectDatabase({ url, entities: [], poolSize: 6 });

/** @param nats a server of the test's own; else that of the run */
export const makeBed = async (suite: string, nats: NatsAddress = testServers().nats): Promise<Bed> => {
  const name = ownName(suite);
  const databases = await prepare(name);
  const address: BedAddress = {
    source: databases.get(SOURCE)?.worker ?? '',
    reader: databases.get(READER)?.worker ?? '',
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
  return {
    address,
    source,
    reader,
    bus: await connectBus(),
    connectBus,
    stop: async () => {
      await Promise.all(buses.map((bus) => bus.close()));
      await Promise.all([source.close(true), reader.close(true)]);
      await dropDatabase(name);
    },
  };
};
