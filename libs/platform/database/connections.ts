import type { Pool, PoolClient } from 'pg';
import { isStalePlan } from '../errors/sql-state.ts';
import { createPlanNames } from './prepared.ts';

type Query = (...of: unknown[]) => unknown;

/** What the driver's client offers beside its types. */
type Inner = {
  end?(): Promise<void>;
  connection?: { stream?: { cork?(): void; uncork?(): void } };
};

const isBegin = (text: unknown): boolean =>
  typeof text === 'string' && /^(begin|start transaction)/.test(text);
const isScope = (text: unknown): boolean => typeof text === 'string' && text.startsWith('select set_scope(');
/** The same for all connections of the process: what one has sent often another will. */
const planNames = createPlanNames();
const nothing = { command: '', rowCount: 0, rows: [] };

/**
 * The begin of a transaction and its scope do not wait for an answer: they leave together with the first statement,
 * whose order after them the connection keeps. Where one of them failed, the server refuses all that follows, and the
 * first statement is told why.
 *
 * The query builder gives a connection back to its pool only after a commit or rollback that succeeded. So where the
 * connection is lost within a transaction, or is found lost at its begin, it would take its place in the pool with
 * it, until none is left. Here a rollback always succeeds (the server has undone the transaction), and such a
 * connection is closed, so that the pool makes a new one. So is one whose kept plans are those of another schema.
 */
const beginAhead = (client: PoolClient): void => {
  const send = client.query.bind(client) as (...of: unknown[]) => Promise<unknown>;
  const query = (...of: unknown[]): Promise<unknown> => {
    const [text, values] = of;
    const name = Array.isArray(values) ? planNames(text) : undefined;
    return name === undefined ? send(...of) : send({ name, text, values });
  };
  const inner = client as unknown as Inner;
  let lost: { error: unknown } | undefined;
  let early: { error: unknown } | undefined;

  const lose = (error: unknown): typeof nothing => {
    lost = { error };
    inner.end?.call(client).catch(() => undefined);
    return nothing;
  };

  const begin = (of: unknown[]): typeof nothing => {
    const stream = inner.connection?.stream;
    early = undefined;
    stream?.cork?.();
    setImmediate(() => stream?.uncork?.());
    query(...of).catch(lose);
    return nothing;
  };

  const scope = (of: unknown[]): typeof nothing => {
    query(...of).catch((error: unknown) => {
      early = { error };
    });
    return nothing;
  };

  const follow = async (of: unknown[]): Promise<unknown> => {
    try {
      const answer = await query(...of);
      if (early === undefined) return answer;
    } catch (error) {
      if (isStalePlan(error)) lose(error);
      throw (early ?? lost)?.error ?? error;
    }
    throw early.error;
  };

  const ahead: Query = async (...of) => {
    const [text] = of;
    if (text === 'rollback') return lost === undefined ? query(...of).catch(lose) : nothing;
    if (lost !== undefined) throw lost.error;
    if (isBegin(text)) return begin(of);
    return isScope(text) ? scope(of) : follow(of);
  };
  Object.assign(client, { query: ahead });
};

/** For every pool, once: how its connections begin transactions, and what becomes of those that the server has closed. */
export const watchConnections = (pool: Pool): void => {
  pool.on('connect', beginAhead);
};
