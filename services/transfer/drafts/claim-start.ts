import type { Tx } from '#libs/platform/database/orm.ts';
import { execute } from '#libs/platform/database/query.ts';
import { isUniqueViolation } from '#libs/platform/errors/sql-state.ts';
import type { CaseRecord } from '../cases/case-record.ts';

/**
 * Makes a draft the one case of its person that has started; false where another one is (TRF-01). Of two starts at the same
 * moment the second waits for the first. The transaction goes on either way.
 */
export const claimStart = async (tx: Tx, { id }: CaseRecord, at: string): Promise<boolean> => {
  const marked = execute(tx, 'savepoint start_of_case');
  try {
    const claim = 'update transfer_case set started_at = $2 where case_id = $1';
    await Promise.all([marked, execute(tx, claim, [id, at])]);
    await execute(tx, 'release savepoint start_of_case');
    return true;
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    await execute(tx, 'rollback to savepoint start_of_case');
    return false;
  }
};

/** Gives the start back that could not be carried out. */
export const dropStart = async (tx: Tx, { id }: CaseRecord): Promise<void> => {
  await execute(tx, 'update transfer_case set started_at = null where case_id = $1', [id]);
};
