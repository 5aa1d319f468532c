import type { Pool, PoolClient } from 'pg';

type Query = (...of: unknown[]) => unknown;

const isBegin = (text: unknown): boolean =>
  typeof text === 'string' && /^(begin|start transaction)/.test(text);
const nothing = { command: '', rowCount: 0, rows: [] };

/**
 * The query builder gives a connection back to its pool only after a commit or rollback that succeeded. So where the
 * connection is lost within a transaction, or is found lost at its begin, it would take its place in the pool with
 * it, until none is left. Here a rollback always succeeds (the server has undone the transaction), a begin that fails
 * is told with the first statement after it, and such a connection is closed, so that the pool makes a new one.
 */
const tellLater = (client: PoolClient): void => {
  const query = client.query.bind(client) as Query;
  let failure: { error: unknown } | undefined;
  const close = () => {
    const { end } = client as unknown as { end?: () => Promise<void> };
    end?.call(client).catch(() => undefined);
  };
  const telling: Query = (...of) => {
    const rollback = of[0] === 'rollback';
    if (failure !== undefined) return rollback ? Promise.resolve(nothing) : Promise.reject(failure.error);
    const answer = query(...of);
    if (!(answer instanceof Promise) || !(rollback || isBegin(of[0]))) return answer;
    return answer.catch((error: unknown) => {
      failure = { error };
      close();
      return nothing;
    });
  };
  Object.assign(client, { query: telling });
};

/** For every pool, once: what it does with connections that the server has closed. */
export const surviveDeadConnections = (pool: Pool): void => {
  pool.on('connect', tellLater);
};
