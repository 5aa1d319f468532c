import type { MikroORM } from '@mikro-orm/postgresql';
import { AppError } from '../errors/errors.ts';
import { isConnectionLost, isTransient } from '../errors/sql-state.ts';
import { SET_SCOPE, SET_SCOPE_ONCE } from './connections.ts';
import type { Tx } from './orm.ts';
import { onlyRow, query } from './query.ts';

/**
 * What a transaction may touch of tables with personal data: a range of the management tree, or a short list of
 * persons. An empty scope touches nothing.
 */
export type Scope = { lo: number; hi: number; persons: readonly string[] };

export const emptyScope: Scope = { lo: 1, hi: 0, persons: [] };

/**
 * Sets the scope of the running transaction through the one function that may do so. What the database says to it comes
 * with the first statement after it (`connections.ts`).
 */
export const setScope = (em: Tx, scope: Scope): Promise<void> => say(em, SET_SCOPE, scope);

const say = async (em: Tx, text: string, { lo, hi, persons }: Scope): Promise<void> => {
  await query(em, text, [lo, hi, `{${persons.join(',')}}`]);
};

/**
 * The connection was lost while the transaction was being committed: whether it was is not known, so it is not run
 * again here. Who asked sends the same request again (idempotency key, checkpoint, unique version).
 */
export class CommitUnknown extends AppError {
  constructor(cause: unknown) {
    super(
      'SERVICE_UNAVAILABLE',
      '结果未知，请原样重试。 The outcome is not known; send the same request again.',
    );
    this.name = 'CommitUnknown';
    this.cause = cause;
  }
}

const attempts = 5;

/** Runs a transaction again where the database asks for it (serialization, deadlock, lost connection). */
export const retrying = async <T>(work: () => Promise<T>): Promise<T> => {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt >= attempts || error instanceof AppError || !isTransient(error)) throw error;
      await new Promise((resolve) => setTimeout(resolve, 5 * 2 ** attempt + Math.random() * 10));
    }
  }
};

/**
 * One transaction, run again only where it certainly had no effect. It is always one of this database's own role:
 * by itself MikroORM would open it on whatever transaction surrounds the call, of whichever role. Rows are written by
 * statements alone, so nothing is compared with what was read when it ends.
 */
const transact = <T>(orm: MikroORM, work: (tx: Tx) => Promise<T>): Promise<T> =>
  retrying(async () => {
    let worked = false;
    const em = orm.em.fork({ disableContextResolution: true });
    try {
      return await em.getConnection('write').transactional(async (transaction) => {
        em.setTransactionContext(transaction);
        const result = await work(em);
        worked = true;
        return result;
      });
    } catch (error) {
      throw worked && isConnectionLost(error) ? new CommitUnknown(error) : error;
    }
  });

/** One transaction within a scope: the only way in which a request touches a service's database. */
export const inScope = <T>(orm: MikroORM, scope: Scope, work: (tx: Tx) => Promise<T>): Promise<T> =>
  transact(orm, async (em) => {
    await setScope(em, scope);
    return work(em);
  });

/**
 * As `inScope`, for work of one statement: it leaves together with its begin, scope and commit, and one answer brings all of
 * theirs, so nothing that the work does after it undoes it. A second statement is refused.
 */
export const inScopeOnce = <T>(orm: MikroORM, scope: Scope, work: (tx: Tx) => Promise<T>): Promise<T> =>
  transact(orm, async (em) => {
    await say(em, SET_SCOPE_ONCE, scope);
    return work(em);
  });

/**
 * One statement that needs no scope and may run twice without harm, such as a read: the server's own transaction around
 * it is enough.
 */
export const single = <Row>(
  orm: MikroORM,
  text: string,
  parameters: readonly unknown[] = [],
): Promise<Row[]> =>
  retrying(() => query<Row>(orm.em.fork({ disableContextResolution: true }), text, parameters));

/** As `single`, for a statement that always yields a row. */
export const singleRow = async <Row>(
  orm: MikroORM,
  text: string,
  parameters: readonly unknown[] = [],
): Promise<Row> => onlyRow(await single<Row>(orm, text, parameters));

/** As `asWorker`, for work of one statement that may run twice without harm: the server's own transaction is enough. */
export const asWorkerOnce = <T>(orm: MikroORM, work: (tx: Tx) => Promise<T>): Promise<T> =>
  retrying(() => work(orm.em.fork({ disableContextResolution: true })));

/** One transaction of a worker role, whose policies are its own. */
export const asWorker = <T>(orm: MikroORM, work: (tx: Tx) => Promise<T>): Promise<T> => transact(orm, work);
