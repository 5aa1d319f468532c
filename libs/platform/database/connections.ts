import type { Pool, PoolClient } from 'pg';
import { isStalePlan } from '../errors/sql-state.ts';
import { createPlanNames } from './prepared.ts';

type Query = (...of: unknown[]) => unknown;

/** What the driver's client offers beside its types. */
type Inner = {
  end?(): Promise<void>;
  connection?: { stream?: { cork?(): void; uncork?(): void } };
};

/** Sets the scope of the transaction that has just begun. */
export const SET_SCOPE = 'select set_scope($1, $2, $3)';
/** The same, where one statement follows and nothing after it: its commit does not wait for its answer. */
export const SET_SCOPE_ONCE = `${SET_SCOPE} as once`;

const isBegin = (text: unknown): boolean =>
  typeof text === 'string' && /^(begin|start transaction)/.test(text);
const isScope = (text: unknown): boolean => text === SET_SCOPE || text === SET_SCOPE_ONCE;
/** The same for all connections of the process: what one has sent often another will. */
const planNames = createPlanNames();
const nothing = { command: '', rowCount: 0, rows: [] };

/**
 * The begin of a transaction and its scope do not wait for an answer: they leave together with the first statement,
 * whose order after them the connection keeps. Where one of them failed, the server refuses all that follows, and the
 * first statement is told why. Where that is the only one, the commit leaves right behind it: after a statement that
 * failed the server takes it for a rollback.
 *
 * The query builder gives a connection back to its pool only after a commit or rollback that succeeded. So where the
 * connection is lost within a transaction, or is found lost at its begin, it would take its place in the pool with
 * it, until none is left. Here a rollback always succeeds (the server has undone the transaction), and such a
 * connection is closed, so that the pool makes a new one. So is one whose kept plans are those of another schema.
 */
const beginAhead = (client: PoolClient): void => {
  const send = client.query.bind(client) as (...of: unknown[]) => Promise<unknown>;
  const inner = client as unknown as Inner;
  let isHeld = false;

  /** What is sent in one breath leaves in one piece. */
  const hold = (leave: (write: () => void) => void): void => {
    const stream = inner.connection?.stream;
    if (isHeld) return;
    isHeld = true;
    stream?.cork?.();
    leave(() => {
      isHeld = false;
      stream?.uncork?.();
    });
  };

  const query = (...of: unknown[]): Promise<unknown> => {
    hold(process.nextTick);
    const [text, values] = of;
    const name = Array.isArray(values) ? planNames(text) : undefined;
    return name === undefined ? send(...of) : send({ name, text, values });
  };
  let lost: { error: unknown } | undefined;
  let early: { error: unknown } | undefined;
  /** Of a transaction of one statement: whether that has been sent, and with it the end. */
  let once: { ended?: Promise<unknown> } | undefined;

  const lose = (error: unknown): typeof nothing => {
    lost = { error };
    inner.end?.call(client).catch(() => undefined);
    return nothing;
  };

  const begin = (of: unknown[]): typeof nothing => {
    early = undefined;
    once = undefined;
    hold(setImmediate);
    query(...of).catch(lose);
    return nothing;
  };

  const scope = (of: unknown[]): typeof nothing => {
    once = of[0] === SET_SCOPE_ONCE ? {} : undefined;
    query(...of).catch((error: unknown) => {
      early = { error };
    });
    return nothing;
  };

  const sent = (of: unknown[]): Promise<unknown> => {
    if (once === undefined) return query(...of);
    if (once.ended !== undefined)
      return Promise.reject(new Error('A second statement in a transaction of one'));
    const answer = query(...of);
    once.ended = query('commit');
    once.ended.catch(() => undefined);
    return answer;
  };

  const follow = async (of: unknown[]): Promise<unknown> => {
    try {
      const answer = await sent(of);
      if (early === undefined) return answer;
    } catch (error) {
      if (isStalePlan(error)) lose(error);
      throw (early ?? lost)?.error ?? error;
    }
    throw early.error;
  };

  const ahead: Query = async (...of) => {
    const [text] = of;
    const isEnd = text === 'rollback' || text === 'commit';
    const ended = isEnd ? once?.ended : undefined;
    if (isEnd) once = undefined;
    if (text === 'rollback') return lost === undefined ? (ended ?? query(...of)).catch(lose) : nothing;
    if (lost !== undefined) throw lost.error;
    if (ended !== undefined) return ended;
    if (isBegin(text)) return begin(of);
    return isScope(text) ? scope(of) : follow(of);
  };
  Object.assign(client, { query: ahead });
};

/** For every pool, once: how its connections begin transactions, and what becomes of those that the server has closed. */
export const watchConnections = (pool: Pool): void => {
  pool.on('connect', beginAhead);
};
