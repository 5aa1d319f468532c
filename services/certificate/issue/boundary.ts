import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, queryOne } from '#libs/platform/database/query.ts';

const lockOf = `hashtextextended('issue of certificates ' || $1, 0)`;

/**
 * Called before outcomes become ready for these issuers: an order that is approved meanwhile waits for this transaction, so that they
 * are all in it or none.
 */
export const beforeOrders = async (tx: Tx, issuers: readonly (string | null)[]): Promise<void> => {
  for (const issuer of [...new Set(issuers)].filter((each) => each !== null).sort())
    await execute(tx, `select pg_advisory_xact_lock_shared(${lockOf})`, [issuer]);
};

/** Up to where outcomes are ready for an issuer, once nobody is about to make others ready. */
export const boundaryOf = async (tx: Tx, issuer: string): Promise<number> => {
  await execute(tx, `select pg_advisory_xact_lock(${lockOf})`, [issuer]);
  const { last } = await queryOne<{ last: string }>(tx, 'select last_value as last from outcome_ready', []);
  return Number(last);
};
