import type { MikroORM } from '@mikro-orm/postgresql';
import { isTransient } from '../errors/sql-state.ts';
import type { Tx } from './orm.ts';
import { query } from './query.ts';

/**
 * What a transaction may touch of tables with personal data: a range of the management tree, or a short list of
 * persons. An empty scope touches nothing.
 */
export type Scope = { lo: number; hi: number; persons: readonly string[] };

export const emptyScope: Scope = { lo: 1, hi: 0, persons: [] };

/** Sets the scope of the running transaction through the one function that may do so. */
export const setScope = async (em: Tx, scope: Scope): Promise<void> => {
  await query(em, 'select set_scope($1, $2, $3)', [scope.lo, scope.hi, `{${scope.persons.join(',')}}`]);
};

const attempts = 5;

/** Runs a transaction again where the database asks for it (serialization, deadlock, lost connection). */
export const retrying = async <T>(work: () => Promise<T>): Promise<T> => {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt >= attempts || !isTransient(error)) throw error;
      await new Promise((resolve) => setTimeout(resolve, 5 * 2 ** attempt + Math.random() * 10));
    }
  }
};

/** One transaction within a scope: the only way in which a request touches a service's database. */
export const inScope = <T>(orm: MikroORM, scope: Scope, work: (tx: Tx) => Promise<T>): Promise<T> =>
  retrying(() =>
    orm.em.fork().transactional(async (em) => {
      await setScope(em, scope);
      return work(em);
    }),
  );

/** One transaction of a worker role, whose policies are its own. */
export const asWorker = <T>(orm: MikroORM, work: (tx: Tx) => Promise<T>): Promise<T> =>
  retrying(() => orm.em.fork().transactional(work));
