import type { IssuedYear } from '#libs/contracts/events/organization.ts';
import type { Tx } from '../database/orm.ts';
import { execute, query } from '../database/query.ts';

/**
 * The published years as they stand now, and until the worker's transaction ends: whoever counts days again must not
 * count by an issue that another has already replaced.
 */
export const standingWorkingDays = async (tx: Tx): Promise<readonly IssuedYear[]> => {
  await execute(tx, 'lock table working_days_ref in share mode');
  const rows = await query<{ fact: IssuedYear }>(tx, 'select fact from working_days_ref order by year');
  return rows.map(({ fact }) => fact);
};
