import type { Tx } from '#libs/platform/database/orm.ts';
import { execute } from '#libs/platform/database/query.ts';

/** A pupil leaves a class; nothing where there was none. */
export const giveUpSeat = async (tx: Tx, schoolClass: string | null): Promise<void> => {
  if (schoolClass === null) return;
  await execute(tx, 'update school_class set size = size - 1, version = version + 1 where class_id = $1', [
    schoolClass,
  ]);
};
