import { StorageType } from '@nats-io/jetstream';
import { type KV, Kvm, type KvWatchEntry } from '@nats-io/kv';
import type { NatsConnection } from '@nats-io/transport-node';
import type { Log } from '../log/log.ts';
import { describe, until } from '../service/loop.ts';
import type { Board, BoardOptions } from './bus.ts';
import type { ConnectionLoss } from './connection-loss.ts';
import { decodeOrNothing, encode } from './wire.ts';

type Parts = { connection: NatsConnection; loss: ConnectionLoss; bucket: string; replicas: number; log: Log };

/** A bucket that is deleted, or made anew by another, does not end what watches it: somebody has to look (milliseconds). */
const look = 1_000;

type Hung = { kv: KV; fall(): void };

/**
 * Keeps a board in a bucket of NATS, in the memory of its servers. Whatever interrupts it (connection or servers lost,
 * bucket deleted) ends in a board that is hung up anew, and read from the beginning.
 */
export const keepBoard = (
  { connection, loss, bucket, replicas, log }: Parts,
  { keep, take, shared }: BoardOptions,
): Board => {
  let hung: Hung | undefined;
  let isStopped = false;

  const read = async (entries: AsyncIterable<KvWatchEntry>): Promise<void> => {
    for await (const { key, operation, value } of entries) {
      const said = operation === 'PUT' ? decodeOrNothing(value) : undefined;
      if (said !== undefined) take(key, said);
    }
  };

  const follow = async (): Promise<boolean> => {
    const settings = { history: 1, ttl: keep, storage: StorageType.Memory, replicas };
    const kv = await loss.orLost(new Kvm(connection).create(bucket, settings));
    const { created } = (await loss.orLost(kv.status())).streamInfo;
    const watcher = await loss.orLost(kv.watch());
    if (isStopped) {
      watcher.stop();
      return false;
    }
    hung = { kv, fall: () => watcher.stop() };
    const isSame = async (): Promise<boolean> => (await kv.status()).streamInfo.created === created;
    const looking = setInterval(() => {
      isSame().then(
        (isIt) => isIt || watcher.stop(),
        () => watcher.stop(),
      );
    }, look).unref();
    shared(true);
    try {
      await loss.orLost(read(watcher));
    } finally {
      hung = undefined;
      clearInterval(looking);
      watcher.stop();
      shared(false);
    }
    return false;
  };

  const loop = until({ name: `board ${bucket}`, log, idle: 200, step: follow });
  return {
    put: (key, value) => {
      const at = hung;
      at?.kv.put(key, encode(value)).catch((error: unknown) => {
        log.warn({ bucket, error: describe(error) }, 'a value could not be put on the board');
        at.fall();
      });
    },
    stop: async () => {
      isStopped = true;
      hung?.fall();
      await loop.stop();
    },
  };
};
