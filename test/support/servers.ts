import { existsSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { Failure } from '#deploy/local/failure.ts';
import { type Lock, Locked, takeLock } from '#deploy/local/lock.ts';
import { type Nats, removeNats, startNats } from '#deploy/local/nats.ts';
import { type Postgres, startPostgres } from '#deploy/local/postgres.ts';
import { allOrNone } from '#deploy/local/servers.ts';
import { localPaths, makeStateDir } from '#deploy/local/state.ts';
import { inMemoryIfRoomy } from './memory-folder.ts';

/** One PostgreSQL and one nats-server for a whole run of the tests, with the folder that only this run uses. */
export interface TestServers {
  postgres: Postgres;
  nats: Nats;
  dir: string;
  /** How a database is copied at least cost: file by file in memory, where a disk would have to be waited for. */
  copy: 'file_copy' | 'wal_log';
  stop(): Promise<void>;
}

declare global {
  // What Jest's global setup hands to its global teardown: the two share nothing else.
  var testServers: TestServers | undefined;
}

/** Databases with this prefix belong to one run: what a killed run left is dropped at the next start. */
export const testDatabasePrefix = 'test_';

const slots = 16;

/**
 * Starts the servers of one run. Each run at the same time takes a slot of its own below `.local/test/`, whose
 * database cluster is kept for the next run (in memory where there is room); its streams are not.
 * TEST_ADMIN_URL and TEST_NATS_URL, when set from outside, replace the servers; DATABASE_URL and NATS_URL never do.
 */
export async function startTestServers(): Promise<TestServers> {
  const { slot, lock } = takeSlot(localPaths().test);
  const dir = inMemoryIfRoomy(slot);
  const external = { postgres: process.env.TEST_ADMIN_URL, nats: process.env.TEST_NATS_URL };
  const runDir = join(dir, 'run');
  try {
    makeStateDir(dir);
    const [postgres, nats] = await allOrNone(
      startPostgres({ dataDir: join(dir, 'postgres'), runDir, external: external.postgres }),
      freshNats(join(dir, 'nats'), runDir, external.nats),
    );
    if (!external.postgres) await dropLeftovers(postgres.adminUrl);
    return {
      postgres,
      nats,
      dir,
      copy: dir === slot || external.postgres ? 'wal_log' : 'file_copy',
      async stop() {
        await Promise.all([postgres.stop(), nats.stop()]);
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

function takeSlot(base: string): { slot: string; lock: Lock } {
  for (let number = 1; number <= slots; number++) {
    const slot = join(base, String(number));
    makeStateDir(slot);
    try {
      return { slot, lock: takeLock(join(slot, 'lock')) };
    } catch (error) {
      if (!(error instanceof Locked)) throw error;
    }
  }
  throw new Failure(`${slots} runs of the tests are under way in this folder already.`);
}

async function freshNats(storeDir: string, runDir: string, external: string | undefined): Promise<Nats> {
  if (!external && existsSync(storeDir)) await removeNats(storeDir);
  return startNats({ storeDir, runDir, external });
}

async function dropLeftovers(adminUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ datname: string }>(
      'select datname from pg_database where starts_with(datname, $1)',
      [testDatabasePrefix],
    );
    for (const { datname } of rows) {
      await client.query(`drop database if exists ${client.escapeIdentifier(datname)} with (force)`);
    }
  } finally {
    await client.end();
  }
}
