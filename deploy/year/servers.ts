import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '#deploy/local/failure.ts';
import { Locked, takeLock } from '#deploy/local/lock.ts';
import { removeNats, startNats } from '#deploy/local/nats.ts';
import { removePostgres, startPostgres } from '#deploy/local/postgres.ts';
import { allOrNone } from '#deploy/local/servers.ts';
import { localPaths, makeStateDir } from '#deploy/local/state.ts';
import type { YearServers } from './registry.ts';

/**
 * PostgreSQL and nats-server of the simulated year in `.local/year/`, away from the data of `npm start`. Neither
 * DATABASE_URL nor NATS_URL replaces them: the year begins with an empty registry, and must never meet a real one.
 */
export const startYearServers = async (): Promise<YearServers & { stop(): Promise<void> }> => {
  const folder = join(localPaths().dir, 'year');
  makeStateDir(localPaths().dir);
  makeStateDir(folder);
  const lock = takeFolder(join(folder, 'lock'));
  const runDir = join(folder, 'run');
  const cluster = join(folder, 'postgres');
  const streams = join(folder, 'nats');
  try {
    if (existsSync(streams)) await removeNats(streams);
    if (existsSync(cluster)) await removePostgres(cluster);
    const [postgres, nats] = await allOrNone(
      startPostgres({ dataDir: cluster, runDir, external: undefined }),
      startNats({ storeDir: streams, runDir, external: undefined }),
    );
    return {
      adminUrl: postgres.adminUrl,
      secret: randomBytes(24).toString('hex'),
      prefix: '',
      nats: { url: nats.url, user: nats.user, password: nats.password },
      dir: folder,
      stop: async () => {
        await Promise.all([postgres.stop(), nats.stop()]);
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
};

const takeFolder = (file: string) => {
  try {
    return takeLock(file);
  } catch (error) {
    if (!(error instanceof Locked)) throw error;
    throw new Failure(`Another year is being lived in this folder by process ${error.holder.pid}.`);
  }
};
