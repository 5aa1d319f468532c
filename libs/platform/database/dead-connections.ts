import type { Pool, PoolClient } from 'pg';

type Query = (...of: unknown[]) => unknown;

/**
 * A rollback over a connection that is gone has nothing left to do: the server has undone the transaction. It must
 * not fail, since the query builder gives a connection back to the pool only after a rollback that succeeded: each
 * connection lost within a transaction would take its place in the pool with it, until none is left.
 */
const forgiveRollback = (client: PoolClient): void => {
  const query = client.query.bind(client) as Query;
  const forgiving: Query = (...of) => {
    const answer = query(...of);
    if (of[0] !== 'rollback' || !(answer instanceof Promise)) return answer;
    return answer.catch(() => ({ command: 'ROLLBACK', rowCount: 0, rows: [] }));
  };
  Object.assign(client, { query: forgiving });
};

/** For every pool, once: what it does with connections that the server has closed. */
export const surviveDeadConnections = (pool: Pool): void => {
  pool.on('connect', forgiveRollback);
};
