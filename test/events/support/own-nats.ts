import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { type Nats, startNats } from '#deploy/local/nats.ts';
import { testServers } from '#test/support/database.ts';
import type { NatsAddress } from './bed.ts';

/** A nats-server that a test may kill, restart and rob of its streams. */
export type OwnNats = {
  address: NatsAddress;
  /** SIGKILL, as a power loss of the process. */
  kill(): Promise<void>;
  /** Starts it again on the same port, with the store it had or with an empty one. */
  restart(options: { keepStore: boolean }): Promise<void>;
  /** Deletes every stream. */
  deleteStreams(): Promise<number>;
  stop(): Promise<void>;
};

export const startOwnNats = async (): Promise<OwnNats> => {
  const dir = await mkdtemp(join(testServers().dir, 'nats-'));
  const storeDir = join(dir, 'nats');
  const options = { storeDir, runDir: join(dir, 'run'), external: undefined };
  let nats: Nats = await startNats(options);
  const address = { url: nats.url, user: nats.user, password: nats.password };
  return {
    address,
    kill: async () => {
      if (nats.pid !== undefined) process.kill(nats.pid, 'SIGKILL');
      await nats.exited;
    },
    restart: async ({ keepStore }) => {
      if (!keepStore) rmSync(join(storeDir, 'store'), { recursive: true, force: true });
      nats = await startNats(options);
    },
    deleteStreams: async () => {
      const connection = await connect({ servers: address.url, user: address.user, pass: address.password });
      const manager = await jetstreamManager(connection);
      const names = await manager.streams.names().next();
      for (const name of names) await manager.streams.delete(name);
      await connection.close();
      return names.length;
    },
    stop: async () => {
      await nats.stop();
      await rm(dir, { recursive: true, force: true });
    },
  };
};
