import type { Pool, PoolClient } from 'pg';

type Query = (...of: unknown[]) => unknown;

/** What the driver's client offers beside its types. */
type Inner = {
  end?(): Promise<void>;
  connection?: { stream?: { cork?(): void; uncork?(): void } };
};

const isBegin = (text: unknown): boolean =>
  typeof text === 'string' && /^(begin|start transaction)/.test(text);
const nothing = { command: '', rowCount: 0, rows: [] };

/**
 * The begin of a transaction does not wait for its answer: it leaves together with the statements that are asked for
 * before the event loop turns, the server keeps their order, and refuses what follows a begin or a statement that
 * failed. A begin that failed is told with the first statement after it.
 *
 * The query builder gives a connection back to its pool only after a commit or rollback that succeeded. So where the
 * connection is lost within a transaction, or is found lost at its begin, it would take its place in the pool with
 * it, until none is left. Here a rollback always succeeds (the server has undone the transaction), and such a
 * connection is closed, so that the pool makes a new one.
 */
const beginAhead = (client: PoolClient): void => {
  const query = client.query.bind(client) as Query;
  const inner = client as unknown as Inner;
  let failure: { error: unknown } | undefined;
  const fail = (error: unknown) => {
    failure = { error };
    inner.end?.call(client).catch(() => undefined);
    return nothing;
  };
  const begin = (of: unknown[]): Promise<typeof nothing> => {
    const stream = inner.connection?.stream;
    stream?.cork?.();
    setImmediate(() => stream?.uncork?.());
    (query(...of) as Promise<unknown>).catch(fail);
    return Promise.resolve(nothing);
  };
  const telling: Query = (...of) => {
    const rollback = of[0] === 'rollback';
    if (failure !== undefined) return rollback ? Promise.resolve(nothing) : Promise.reject(failure.error);
    if (isBegin(of[0])) return begin(of);
    const answer = query(...of);
    return rollback && answer instanceof Promise ? answer.catch(fail) : answer;
  };
  Object.assign(client, { query: telling });
};

/** For every pool, once: how its connections begin transactions, and what becomes of those that the server has closed. */
export const watchConnections = (pool: Pool): void => {
  pool.on('connect', beginAhead);
};
