import type { MikroORM } from '@mikro-orm/postgresql';
import { AppError } from '../errors/errors.ts';
import type { Tx } from './orm.ts';
import { inScope, type Scope } from './scope.ts';

/** Reads within the scope of one operation; nothing is to be written through it. */
export type Reads = <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;

/** A transaction that readers share: how many are at it, and how it is ended. */
type Shared = { tx: Promise<Tx>; readers: number; end: () => void };

/**
 * Reads of one operation share a transaction as long as one follows the other without a pause: what is loaded because of
 * what was loaded before pays no begin, scope and commit of its own. The transaction ends by itself as soon as the event
 * loop has come round and nobody reads. A read that fails is done once more by itself, so that no other's fault is its own.
 */
export const sharedReads = (orm: MikroORM, scope: () => Promise<Scope>): Reads => {
  let open: Shared | undefined;

  const begin = (): Shared => {
    const began = Promise.withResolvers<Tx>();
    const ended = Promise.withResolvers<void>();
    const shared: Shared = { tx: began.promise, readers: 0, end: ended.resolve };
    const live = async (): Promise<void> =>
      inScope(orm, await scope(), async (tx) => {
        began.resolve(tx);
        await ended.promise;
      });
    live().catch(began.reject);
    return shared;
  };

  const close = (shared: Shared): void => {
    if (open === shared) open = undefined;
    if (shared.readers === 0) shared.end();
  };

  const leave = (shared: Shared): void => {
    shared.readers--;
    if (shared.readers > 0) return;
    setImmediate(() => {
      if (shared.readers === 0) close(shared);
    });
  };

  const within = async <T>(shared: Shared, work: (tx: Tx) => Promise<T>): Promise<T> => {
    shared.readers++;
    try {
      const tx = await shared.tx;
      return await work(tx.fork({ keepTransactionContext: true }));
    } catch (error) {
      if (open === shared) open = undefined;
      throw error;
    } finally {
      leave(shared);
    }
  };

  return async (work) => {
    open ??= begin();
    try {
      return await within(open, work);
    } catch (error) {
      if (error instanceof AppError) throw error;
      return inScope(orm, await scope(), work);
    }
  };
};
